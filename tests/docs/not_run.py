"""Commands on the pages that no test here runs, each with the reason. Everything else on the pages is run."""

_WINDOWS = "needs Windows"
_KUBERNETES = "needs a Kubernetes cluster"

#: Commands, by the page that they are on.
NOT_RUN = {
    "assignment/README.md": {
        "py -m venv .venv": _WINDOWS,
        r".venv\Scripts\python -m pip install -r requirements.txt": _WINDOWS,
        r".venv\Scripts\jupyter lab [[ notebook ]]": _WINDOWS,
        r".venv\Scripts\otter check [[ notebook ]]": _WINDOWS,
    },
    "docs/many-machines.md": {
        "helm install --repo https://helm.dask.org --create-namespace -n dask-operator "
        "--generate-name dask-kubernetes-operator": _KUBERNETES,
        "python -m pip install dask-kubernetes": _KUBERNETES,
        "kubectl port-forward service/grading-scheduler 8786": _KUBERNETES,
    },
}

#: Pages whose commands are run, but not by a test of this folder.
ELSEWHERE = {
    "CONTRIBUTING.md": "it tells how to run tests and checks, as .ci/run does",
    "docs/image.md": "it builds images, as tests/entry/test_containers.py does",
}
