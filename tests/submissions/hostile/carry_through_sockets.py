# title: a mailbox, started by a cell as a process and as a thread, takes hidden inputs and gives them back
# success: digits of a hidden input in the message of a public case, or a mailbox that outlives the grading
# keeps: q3, q4
# fill: init, forward, graph

# %%
import os, socket, threading

AF_UNIX, AF_INET = socket.AF_UNIX, socket.AF_INET
mailboxes = []


def serve(listener, box):
    while True:
        connection, _ = listener.accept()
        word = connection.recv(64)
        if word == b"?":
            connection.sendall(b" ".join(box) or b"-")
        else:
            box.append(word)
        connection.close()


def open_mailbox(family, address):
    listener = socket.socket(family)
    listener.bind(address)
    listener.listen(64)
    return listener


for family, address in ((AF_UNIX, "\0" + MAP["mark"]), (AF_UNIX, os.path.abspath("mailbox")), (AF_INET, ("127.0.0.1", 0))):
    listener = tried(open_mailbox, family, address)
    if listener is None:
        continue
    mailboxes.append((family, listener.getsockname()))
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            serve(listener, [])
        os._exit(0)
    threading.Thread(target=serve, args=(listener, []), daemon=True).start()

# %%
honest = forward


def post(word):
    answers = []
    for family, address in mailboxes:
        with socket.socket(family) as connection:
            connection.settimeout(0.2)
            if tried(connection.connect, address) is None and tried(connection.sendall, word) is None:
                answers.append(tried(connection.recv, 4096) or b"")
    return b" ".join(answers)


def forward(model, x, y):
    post(digits(x).encode())
    post(digits(model.W).encode())
    return honest(model, x, y)


def graph():
    raise ValueError((post(b"?") + post(b"?")).decode()[:280])
