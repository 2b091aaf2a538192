"""The Reconciliation Service API 0.2 (W3C community group) at /reconcile/: OpenRefine matches its rows to the register.

JSONP is not served. The specification asks for CORS, which every answer here has, and leaves JSONP open; a callback
would let any page run what we send as a script of its own.
"""
