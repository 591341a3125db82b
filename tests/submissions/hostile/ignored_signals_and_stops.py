# title: signals ignored, clocks taken away, and processes that stop or crash instead of ending
# success: a grader that waits beyond its limits, or a process left behind
# keeps: q3
# fill: init

# %%
import faulthandler, os, signal, threading, time

for number in signal.valid_signals():
    tried(signal.signal, number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
signal.setitimer(signal.ITIMER_REAL, 0)
signal.signal = signal.setitimer = signal.alarm = lambda *_, **__: None


def stubborn():
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass


def forward(model, x, y):
    if len(x) == 2:
        os.kill(os.getpid(), signal.SIGSTOP)
        stubborn()
    if len(x) == 6:
        os.abort()
    ctypes.string_at(8)


def graph():
    if os.fork() == 0:
        os.kill(os.getppid(), signal.SIGSTOP)
        stubborn()
    os.kill(os.getpid(), signal.SIGSTOP)
    ctypes.string_at(8)


# %%
threading.Thread(target=stubborn).start()
if os.fork() == 0:
    os.setsid()
    os.kill(os.getpid(), signal.SIGSTOP)
    stubborn()

# %%
import atexit, sys

atexit.register(stubborn)
threading._register_atexit(stubborn)
sys.exit()
