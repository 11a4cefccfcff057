"""Who may do what, and which command needs whose yes: rules that can explain themselves."""

from bot.access.access import (
    ALWAYS,
    ANYWHERE,
    ASKED,
    EVERYWHERE,
    Access,
    Grant,
    Rights,
    Verdict,
    allowed,
    judge,
)
from bot.access.policy import Policy, PolicyRule, needed

__all__ = [
    "ALWAYS",
    "ANYWHERE",
    "ASKED",
    "EVERYWHERE",
    "Access",
    "Grant",
    "Policy",
    "PolicyRule",
    "Rights",
    "Verdict",
    "allowed",
    "judge",
    "needed",
]
