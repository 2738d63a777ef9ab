"""What the steps of the check share.

Read step (cases and their report), then processes, mailserver (the server under test), messages, and the peers.
"""
