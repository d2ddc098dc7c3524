"""Evidence: what came of each promise on any day, how that is scored, what has gone quiet.

Nothing here reads a file: what is derived follows from the frames alone.
"""

from helpers.evidence.score import band, scores
from helpers.evidence.stale import stale
from helpers.evidence.tracker import SCHEDULES, replay, state

__all__ = ["SCHEDULES", "band", "replay", "scores", "stale", "state"]
