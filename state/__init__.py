"""What people decide: added to, never changed, and the one door to it."""

from domain.decision import Decision
from state.chain import verify_chain
from state.decisions import ANY, decide, history, recall, sequence, undo

__all__ = ["ANY", "Decision", "decide", "history", "recall", "sequence", "undo", "verify_chain"]
