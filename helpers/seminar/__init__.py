"""For teaching: passes of coding side by side, questions that answer, and what students do."""

from helpers.seminar.checking import ask, check
from helpers.seminar.passes import coding_passes

__all__ = ["ask", "check", "coding_passes"]
