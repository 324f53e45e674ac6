"""The telephone door: the same conversations by voice and keypad.

`call` is the call as any telephone vendor could carry it out; `twilio` alone knows Twilio. `door` takes what
comes in and gives what is to be done next; `stages` are the parts of a call; `keypad`, `ladder`, `speaking`
and `hints` serve them; `routes` are the webhooks.
"""
