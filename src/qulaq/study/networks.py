"""How networks write their own names."""

from __future__ import annotations

_NAMES = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "telegram": "Telegram",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "vk": "VK",
    "ok": "OK",
    "x": "X",
    "twitter": "X (Twitter)",
    "threads": "Threads",
    "whatsapp": "WhatsApp",
    "linkedin": "LinkedIn",
}


def network_name(platform: str) -> str:
    """
    The name of a page's network as people know it; of one that is not known, the word of the study.

    >>> network_name("vk"), network_name("my-forum")
    ('VK', 'My forum')
    """
    return _NAMES.get(platform, platform.replace("-", " ").capitalize())
