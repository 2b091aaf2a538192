"""From draft to public in the admin: what is missing, how it will look, when it comes, and which records are one."""

from .pages import Publishing

__all__ = ["Publishing"]
