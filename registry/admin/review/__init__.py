"""The review of proposals in the admin: the queue, the page of one, and what I have proposed myself."""

from .links import in_sidebar, urls

__all__ = ["in_sidebar", "urls"]
