"""For teaching: passes of coding side by side, questions that answer, and what students do."""

from helpers.seminar.passes import coding_passes

# What answers students stands above the tables, whose words it uses, and they use the passes.
from helpers.seminar.changes import weighed  # isort: skip
from helpers.seminar.checking import ask, check  # isort: skip
from helpers.seminar.claims import judge  # isort: skip
from helpers.seminar.gathering import Group, group  # isort: skip
from helpers.seminar.lab import code, rules, sheet, train  # isort: skip
from helpers.seminar.measures import among, confusion, consensus, splits, with_published  # isort: skip

__all__ = [
    "Group",
    "among",
    "ask",
    "check",
    "code",
    "coding_passes",
    "confusion",
    "consensus",
    "group",
    "judge",
    "rules",
    "sheet",
    "splits",
    "train",
    "weighed",
    "with_published",
]
