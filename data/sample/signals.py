"""The 17 behaviour signals: the one list of their ids, and how their events look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signal:
    """One kind of event; `weight` is its share of everyday events.

    `win_lift` is the planted truth: how much oftener it stands before a won deal than before a
    lost one. 1 tells nothing. `seconds` is the median duration, `has_depth` a share 0..1.
    """

    signal_id: str
    source: str
    direction: str
    weight: float
    win_lift: float = 1.0
    seconds: float = 0.0
    has_depth: bool = False
    subjects: tuple[str, ...] = ()


SIGNALS = (
    Signal("official_account_interactions", "wechat", "in", 16, subjects=("article", "menu")),
    Signal("video_completion", "video", "in", 8, seconds=240, has_depth=True),
    Signal("service_response_hours", "service", "two_way", 5, subjects=("call-out", "parts")),
    Signal("content_download_depth", "web", "in", 7, 1.3, has_depth=True),
    Signal(
        "service_question_keywords", "service", "in", 6,
        subjects=("price", "delivery", "warranty", "competitor", "installation", "spare parts"),
    ),
    Signal("competitor_page_dwell_seconds", "web", "in", 5, 0.5, seconds=95),
    Signal("price_page_days", "web", "in", 8, 1.8, seconds=70),
    Signal("booking_page_days", "web", "in", 5, 4.0, seconds=55),
    Signal("webinar_attendance", "video", "in", 3, seconds=2100, has_depth=True),
    Signal("inbound_calls", "call", "in", 6, seconds=260),
    Signal("email_replies", "email", "in", 8),
    Signal("contacts_engaged", "visit", "two_way", 4, 1.4, subjects=("buyer", "engineer", "CFO")),
    Signal("two_way_contact", "call", "two_way", 6, seconds=420),
    Signal("app_sessions", "app", "in", 15, seconds=180),
    Signal("proposal_opens", "web", "in", 5, 1.6, seconds=150),
    Signal("complaint_count", "service", "in", 1.5, 0.7, subjects=("delay", "defect", "invoice")),
    Signal("ticket_reopenings", "service", "in", 0.8, 0.8, subjects=("defect", "parts")),
)  # fmt: skip
SIGNAL_IDS = tuple(signal.signal_id for signal in SIGNALS)
