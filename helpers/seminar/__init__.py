"""For teaching: passes of coding side by side, questions that answer, and what students do."""

from helpers.seminar.passes import coding_passes

__all__ = ["coding_passes"]
