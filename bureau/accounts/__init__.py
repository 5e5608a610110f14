"""Accounts: people who sign in, their roles and scopes, invitations, sessions."""
