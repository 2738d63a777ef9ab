"""A host that does not answer: connections to it time out."""

import socket


class Silent:
    """A port that takes no connection: its queue of them is full, and nobody looks at it."""

    def __init__(self, host="127.0.0.2", port=0):
        self.listener = socket.socket()
        self.listener.bind((host, port))
        self.listener.listen(0)
        self.port = self.listener.getsockname()[1]
        self.fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex((host, self.port))
            self.fillers.append(filler)

    def close(self):
        for one in [self.listener, *self.fillers]:
            one.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
