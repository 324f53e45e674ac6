"""The dialogue of operations: what was heard goes in, what to say and what to remember come out.

Nothing here knows Rasa; `bot.actions.operation` brings the two together.
"""
