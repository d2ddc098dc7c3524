"""For teaching: passes of coding side by side, questions that answer, and what students do."""

from helpers.data import coding_passes
from helpers.seminar.changes import weighed
from helpers.seminar.checking import ask, check
from helpers.seminar.claims import judge
from helpers.seminar.comparing import verdicts
from helpers.seminar.gathering import Group, group
from helpers.seminar.lab import code, rules, sheet, train
from helpers.seminar.measures import among, confusion, consensus, splits, with_published

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
    "verdicts",
    "weighed",
    "with_published",
]
