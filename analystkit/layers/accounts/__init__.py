"""What different sources say about the same matter, and where their accounts pull apart."""

from analystkit.layers.accounts.layer import Accounts, make_accounts

__all__ = ["Accounts", "make_accounts"]
