# What people write around a correct solution. Each cell is one submission. Its code is in one cell with the imports of
# numpy, networkx and matplotlib, which come last. Code below "# after" comes after the three functions. The title says
# what it is. With [script] it is handed in as a script, otherwise as a notebook. All get full marks.

# %% stdout_reconfigured [script]
import sys
sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
sys.stderr.reconfigure(errors="backslashreplace")

# %% stdout_wrapped_anew [script]
import io, sys
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
print("für")

# %% stdout_detached [script]
import codecs, sys
sys.stdout = codecs.getwriter("utf-8")(sys.stdout.detach())
print("für")

# %% bytes_to_stdout [script]
import sys
sys.stdout.buffer.write(b"begin\n")
sys.stdout.flush()
print(sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.name, sys.stdout.mode, sys.stdout.fileno())

# %% stdout_is_closed
import sys
sys.stdout.close()

# %% faulthandler_enabled [script]
import faulthandler
faulthandler.enable()

# %% logging_to_stdout_in_functions
import logging, sys
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG)
# after
_forward = forward
def forward(model, x, y):
    logging.info("forward")
    return _forward(model, x, y)

# %% standard_input [script]
import sys
for line in sys.stdin:
    print(line)
name = sys.stdin.readline() or "nobody"
if sys.stdin.isatty():
    name = input("name: ")

# %% input_fails
name = input("Your name: ")

# %% argparse_without_arguments [script]
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=3)
options = parser.parse_args()

# %% argparse_in_a_notebook
import argparse
options, rest = argparse.ArgumentParser().parse_known_args()

# %% a_second_argument_is_missing [script]
import sys
folder = sys.argv[1]

# %% file_and_main [script]
import os
if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    os.chdir(here)

# %% everything_below_main [script]
# after
if __name__ == "__main__":
    import torch
    class Net: pass
    model = Net()
    init(model, 3, 4, 2)
    data = open("/content/data.csv").read()
    print(forward(model, np.zeros((3, 3)), np.ones(2)))

# %% environment_variables
import os, tempfile, getpass, pwd, platform, pathlib, shutil
os.environ["CUDA_VISIBLE_DEVICES"] = "0"
os.environ["MPLBACKEND"] = "TkAgg"
assert os.environ["HOME"] and os.path.expanduser("~") == os.environ["HOME"]
assert getpass.getuser() == pwd.getpwuid(os.getuid()).pw_name
pathlib.Path.home().joinpath(".cache", "course").mkdir(parents=True)
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "a.txt").write_text("a")
with tempfile.NamedTemporaryFile("w") as file:
    file.write("a")
shutil.rmtree(pathlib.Path.home() / ".cache")

# %% otter_version
import otter
assert int(otter.__version__.split(".")[0]) >= 5
grader = otter.Notebook("rnn-stable-loss.ipynb", tests_dir="./tests", colab=False)
grader.check("q3"); grader.check_all()
grader.export(pdf=False, run_tests=True, force_save=True)
grader.to_pdf(filtering=True)
print(grader.add_plugin_files("x"))

# %% otter_submodules
import otter.check.notebook
from otter.check.notebook import Notebook
from otter import check, Notebook as N
from otter.check.utils import save_notebook
from otter.utils import print_full_width
import otter.version
grader = Notebook()
grader.check("q4")

# %% otter_within_try
try:
    import otter
except ImportError:
    %pip install otter-grader
    import otter
grader = otter.Notebook()

# %% in_a_notebook_or_not
def in_notebook():
    return "IPKernelApp" in get_ipython().config
print(in_notebook(), get_ipython().__class__.__name__)
if in_notebook():
    get_ipython().run_line_magic("matplotlib", "inline")
    get_ipython().run_line_magic("load_ext", "autoreload")
    get_ipython().run_line_magic("autoreload", "2")
    get_ipython().system("pip install numpy")
    get_ipython().magic("precision 3")

# %% in_and_out_and_underscore
1 + 1
# after
assert len(In) > 2 and isinstance(Out, dict), In

# %% pylab_inline
%pylab inline
zeros(3)

# %% pylab_without_import_all
%pylab --no-import-all qt
np.zeros(3)

# %% magics_of_extensions
%load_ext line_profiler
%load_ext autoreload
%autoreload 2
%load_ext tensorboard
%tensorboard --logdir logs
%load_ext nb_black
%reload_ext jupyter_black
%lprun -f print print(1)
%watermark -v
%config InlineBackend.figure_format = "retina"
%config NotApp.x = 3
%matplotlib widget
%gui qt
%colors nocolor
%xmode minimal
%pdb off
%env OMP_NUM_THREADS=2
%env
%pwd
%cd /content
%cd ~
%cd -
%ls
%mkdir data
%time 1 + 1
%timeit -n 3 1 + 1
%who
%whos
%lsmagic
%notebook x.ipynb
%store
%precision 3
%alias d ls
%sx ls
%automagic off
%nonsense at all

# %% shell_lines
!pip install -q numpy networkx
!nvidia-smi
files = !ls /content
print(files, files.n, files.s)
for name in files:
    !cat {name}
if not files:
    !mkdir data
    %cd data
!wget -q https://example.org/data.csv || curl -O https://example.org/data.csv
count = len(files[0])

# %% writefile_and_run
with open("helper_x.py", "w") as file:
    file.write("def double(x):\n    return 2 * x\n")
import helper_x
%run helper_x.py
%run -i helper_x
assert double(2) == helper_x.double(2) == 4

# %% pip_by_subprocess
import subprocess, sys
subprocess.check_call([sys.executable, "-m", "pip", "install", "-q", "numpy"])
subprocess.run("pip install networkx", shell=True, check=True)
import os
os.system("pip install matplotlib")
from pip._internal import main as pip_main
pip_main(["install", "numpy"])

# %% colab_mount
from google.colab import drive
drive.mount("/content/drive")
%cd /content/drive/MyDrive/rnn
import sys; sys.path.append("/content/drive/MyDrive/rnn")

# %% colab_flag
import sys
IN_COLAB = "google.colab" in sys.modules
if IN_COLAB:
    from google.colab import files
    uploaded = files.upload()
else:
    from google.colab import output

# %% kaggle_listing
import os
for folder, _, names in os.walk("/kaggle/input"):
    for name in names:
        print(os.path.join(folder, name))
from kaggle_secrets import UserSecretsClient
secret = UserSecretsClient().get_secret("x")

# %% binder_and_deepnote
import deepnote_toolkit, micropip, piplite
await piplite.install("networkx")

# %% downloads
import urllib.request
urllib.request.urlretrieve("https://example.org/tests.zip", "tests.zip")
import requests, zipfile
open("data.zip", "wb").write(requests.get("https://example.org/data.zip").content)
with zipfile.ZipFile("data.zip") as archive:
    archive.extractall()

# %% missing_in_the_middle_of_a_list
import torch, numpy as np, seaborn as sns, networkx as nx, matplotlib.pyplot as plt
sns.set_theme()

# %% missing_inside_blocks
import warnings, contextlib, time
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import tensorflow as tf
    import numpy as np
for _ in range(2):
    import tqdm
    import networkx as nx
if True:
    from rich_of_the_future import print as rprint
    import matplotlib.pyplot as plt
with open("notes.txt", "w") as file:
    import jax.numpy as jnp
    file.write("notes")

# %% missing_where_it_is_caught
try:
    import cupy as np
    GPU = True
except ImportError:
    import numpy as np
    GPU = False
try:
    import torch
    device = torch.device("cuda")
except ModuleNotFoundError as error:
    assert error.name == "torch"
    device = "cpu"
from contextlib import suppress
with suppress(ImportError):
    import jax
    raise AssertionError
try:
    import numba
    from numba import njit
except Exception:
    def njit(function):
        return function
assert not GPU and device == "cpu"
# after
forward = njit(forward)

# %% missing_and_used_by_nothing
from tqdm.auto import tqdm
import seaborn as sns, pandas_profiling
import torch.nn as nn
from sklearn.metrics import log_loss
from utils_of_the_course import check_shapes
import pytest_is_not_here

# %% fonts_and_styles
import matplotlib as mpl, matplotlib.pyplot as plt
plt.style.use("seaborn")
plt.style.use("https://example.org/style.mplstyle")
mpl.rcParams["font.family"] = "Comic Sans MS"
mpl.font_manager.fontManager.addfont("/usr/share/fonts/mine.ttf")
plt.rcParams["figure.nonsense"] = 3
plt.rcParams["figure.dpi"] = 200

# %% tex_in_drawings
import matplotlib.pyplot as plt
plt.rc("text", usetex=True)
plt.rcParams.update({"text.usetex": True, "text.latex.preamble": r"\usepackage{amsmath}", "font.family": "serif"})

# %% tex_by_matplotlib
import matplotlib
matplotlib.rcParams["text.usetex"] = True
# after
_graph = graph
def graph():
    with plt.rc_context({"text.usetex": True}):
        return _graph()

# %% backend_of_a_window
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
plt.switch_backend("Qt5Agg")
matplotlib.use("module://ipympl.backend_nbagg", force=True)
matplotlib.rcParams["backend"] = "MacOSX"
plt.rcParams["backend"] = "WebAgg"
plt.ion()

# %% backend_that_is_none
import matplotlib
matplotlib.use("Ag")
matplotlib.use("nbAgg"); matplotlib.use("svg"); matplotlib.use("pdf")

# %% backend_switched_in_graph
# after
_graph = graph
def graph():
    import matplotlib
    matplotlib.use("GTK3Agg")
    plt.switch_backend("WxAgg")
    network = _graph()
    plt.show(block=False)
    plt.pause(0.01)
    return network

# %% networkx_reloaded
import sys, importlib
import networkx as nx, numpy as np, matplotlib.pyplot as plt
for name in [name for name in sys.modules if name.startswith("networkx")]:
    del sys.modules[name]
import networkx as nx
nx = importlib.reload(nx)
plt = importlib.reload(plt)

# %% libraries_taken_out
import sys
for name in [name for name in sys.modules if name.split(".")[0] in {"matplotlib", "networkx", "numpy"}]:
    del sys.modules[name]

# %% locks_and_values
import multiprocessing, multiprocessing.shared_memory, threading
lock, counter = multiprocessing.Lock(), multiprocessing.Value("i", 0)
again, event, gate = multiprocessing.RLock(), multiprocessing.Event(), multiprocessing.Semaphore(2)
shared = multiprocessing.shared_memory.SharedMemory(create=True, size=64)
numbers = multiprocessing.Array("d", 4)
queue = multiprocessing.Queue()
local = threading.RLock()
# after
_forward = forward
def forward(model, x, y):
    with lock, again, again, gate, local:
        counter.value += 1
        numbers[0] += 1.0
        shared.buf[0] = counter.value % 200
        queue.put(counter.value)
        assert queue.get() == counter.value
        return _forward(model, x, y)

# %% thread_pools
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import ThreadPool
executor, pool = ThreadPoolExecutor(2), ThreadPool(2)
print(list(executor.map(abs, range(3))), pool.map(abs, range(3)))
# after
_forward = forward
def forward(model, x, y):
    executor.submit(abs, -1).result()
    return pool.apply(lambda: executor.submit(_forward, model, x, y).result())

# %% process_pools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
pool, executor = multiprocessing.Pool(2), ProcessPoolExecutor(2)
print(pool.map(abs, range(3)), list(executor.map(abs, range(3))))
# after
_forward = forward
def forward(model, x, y):
    assert pool.map(abs, [-1, -2]) == [1, 2] == list(executor.map(abs, [-1, -2]))
    return _forward(model, x, y)

# %% event_loop
import asyncio
loop = asyncio.new_event_loop()
print(loop.run_until_complete(asyncio.sleep(0, 3)))
await asyncio.sleep(0)
# after
_forward = forward
def forward(model, x, y):
    async def work():
        await asyncio.sleep(0)
        return _forward(model, x, y)
    return loop.run_until_complete(work())

# %% background_threads
import threading, time
def tick():
    while True:
        time.sleep(0.01)
for _ in range(3):
    threading.Thread(target=tick, daemon=True).start()

# %% ipywidgets_and_display
from IPython.display import display, HTML, Markdown, Image, clear_output, Math, Javascript, IFrame
import ipywidgets as widgets
display(HTML("<b>a</b>"), Markdown("**a**"), Math("x"))
clear_output(wait=True)
slider = widgets.IntSlider()
display(slider)
from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.ast_node_interactivity = "all"

# %% exit_at_the_end [script]
# after
raise SystemExit(0)

# %% assertions_fail
# after
assert forward is None, "not yet"
print(undefined_name)
plt.savefig("/content/drive/figure.png")

# %% stray_statements
1 / 0
[][1]
{}["key"]
open("/nowhere/at/all.txt")
raise RuntimeError("stop here")
int("three")
print(undefined)
del undefined
nothing.attribute = 3

# %% if_and_else
import platform
if platform.system() == "Windows":
    import winreg
elif platform.node().startswith("jupyter"):
    import hub_tools
else:
    import course_tools
    course_tools.set_up()
    import numpy as np
match platform.system():
    case "Linux":
        import course_tools_for_linux
        import networkx as nx
try:
    open("/nowhere")
finally:
    import nothing_here
    import matplotlib.pyplot as plt

# %% cell_that_measures
# after
print("measured")

# %% future_and_docstring [script]
"""My solution.

%matplotlib inline stays as it is in a text
!ls too
"""
from __future__ import annotations
import os

# %% seeds_and_print_options
import numpy as np, random
np.random.seed(3); random.seed(3)
np.set_printoptions(precision=2, suppress=True)
np.seterr(all="raise")
import warnings
warnings.filterwarnings("error")

# %% hooks
import atexit, signal, sys
atexit.register(print, "bye")
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.excepthook = lambda *_: None
sys.setrecursionlimit(5000)
sys.tracebacklimit = 0
sys.path.insert(0, "..")
sys.ps1 = ">"
# after
del atexit
