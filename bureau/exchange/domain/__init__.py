"""The rules of sessions that change hands, pure."""
