"""A Docker engine for the tests, and a base image made from this machine's package mirror.

How this works. `otter grade` needs an engine and an image to build on, and image registries may be out of reach.
`Engine` starts `dockerd` with its own data folder, socket and configuration. If an engine is already running, it is
used instead: two engines on one machine conflict over the bridge and the firewall. `build_base_image` makes a nearly
empty system with `mmdebstrap` from the mirror that this machine's apt uses. The settings that this machine needs to
reach the package registries (certificates, proxies, apt, pip and uv settings) are copied into the image, so this file
contains no addresses.

That system is kept as a tarball, and the engine's data folder is kept as well. So a second run finds the
image and the layers built on it. To start from scratch, remove `cache_directory()`.
"""

from __future__ import annotations

import configparser
import fcntl
import hashlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import tarfile
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Self
from unittest import mock

CA_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
PASSED_VARIABLES = re.compile(
    "(?i)(https?|no|all)_proxy|ssl_cert_(file|dir)|(requests|curl)_ca_bundle"
    "|(pip|uv)_((default_|extra_)?index(_url)?|(trusted|insecure)_host|cert|proxy|system_certs|(default|http)_timeout)"
)


class EngineUnavailable(RuntimeError):
    """This machine cannot provide a Docker engine or the base image. The message says why."""


def cache_directory() -> Path:
    """Return the folder that keeps the nearly empty system and the engine's data between runs. Make it if needed."""
    path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rnn-autograder-tests"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def available() -> str | None:
    """Return the reason why no engine can be started here, or None if one can."""
    missing = [name for name in ("docker", "dockerd", "setpriv", "mmdebstrap", "apt-get") if not shutil.which(name)]
    if not missing and subprocess.run(["docker", "buildx", "version"], capture_output=True).returncode != 0:
        missing = ["docker buildx"]
    if missing:
        return f"{', '.join(missing)} not found (.ci/install-docker installs what is needed)"
    if os.geteuid() != 0:
        return "dockerd and mmdebstrap must run as root"
    return None


class Engine:
    """A running Docker engine, for a `with` statement. While it runs, DOCKER_HOST points child processes to it.

    Images and layers are kept in `data_root`. A second engine with the same `data_root` waits until the first one ends.
    Entering raises `EngineUnavailable` if the engine cannot be started.
    """

    def __init__(self, data_root: Path | None = None) -> None:
        self.data_root = (data_root or cache_directory() / "engine").resolve()
        self._log: Path | None = None
        self._cleanup = ExitStack()

    def __enter__(self) -> Self:
        if reason := available():
            raise EngineUnavailable(reason)
        if not self.answers():
            with self._cleanup as cleanup:
                self._start(cleanup)
                self._cleanup = cleanup.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._cleanup.close()

    def docker(self, *arguments: str, check: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a `docker` command and return its captured output. If it fails, raise an error with docker's output."""
        done = subprocess.run(["docker", *arguments], capture_output=True, text=True, **options)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(done.args)} failed:\n{done.stdout}{done.stderr}\nengine: {self.log_tail()}")
        return done

    def answers(self) -> bool:
        """Return whether the engine that docker commands would talk to is up."""
        return self.docker("version", "--format", "{{.Server.Version}}", check=False).returncode == 0

    def log_tail(self, lines: int = 20) -> str:
        """Return the last lines of the engine's log, without mere progress; empty if the engine is not our own."""
        log = self._log.read_text(errors="replace") if self._log else ""
        return "\n".join([line for line in log.splitlines() if "level=info" not in line][-lines:])

    def _start(self, cleanup: ExitStack) -> None:
        """Start the engine and wait for it. The undoing of each step goes on the stack before the next step."""
        self.data_root.mkdir(parents=True, exist_ok=True)
        lock = cleanup.enter_context(self.data_root.with_suffix(".lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The path of a socket must be short. A path in pytest's temporary folder can be too long.
        folder = Path(tempfile.mkdtemp(prefix="dockerd-"))
        cleanup.callback(self._remove, folder)
        socket = f"unix://{folder}/docker.sock"
        paths = {"data-root": str(self.data_root), "exec-root": f"{folder}/exec", "pidfile": f"{folder}/pid"}
        layers = {"gc": {"enabled": True, "defaultKeepStorage": "10GB"}}
        settings = {**paths, "hosts": [socket], "mtu": _mtu(), "builder": layers}
        (folder / "daemon.json").write_text(json.dumps(settings))
        # The builder that this machine's buildx uses may keep its images outside the engine.
        cleanup.enter_context(mock.patch.dict(os.environ, DOCKER_HOST=socket, BUILDX_BUILDER="default"))
        self._log = self.data_root.with_suffix(".log")
        # It ends if the test run is killed (setpriv), but not on Ctrl-C, and holds the lock until it has ended.
        command = ["setpriv", "--pdeathsig", "TERM", "dockerd", "--config-file", str(folder / "daemon.json")]
        with self._log.open("wb") as log:
            daemon = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, pass_fds=[lock.fileno()])
        cleanup.callback(self._stop, daemon)
        deadline = time.monotonic() + 60
        while not self.answers():
            if daemon.poll() is not None or time.monotonic() > deadline:
                raise EngineUnavailable(f"dockerd does not start:\n{self.log_tail()}")
            time.sleep(0.05)

    def _stop(self, daemon: subprocess.Popen[bytes]) -> None:
        """End the containers, then the engine; images and layers are kept."""
        containers = self.docker("ps", "--all", "--quiet", check=False).stdout.split()
        self.docker("rm", "--force", "--volumes", *containers, check=False)
        daemon.terminate()
        with suppress(subprocess.TimeoutExpired):
            daemon.wait(60)
        daemon.kill()
        daemon.wait()

    def _remove(self, folder: Path) -> None:
        """Unmount everything that the engine left mounted, then remove its sockets and settings."""
        for line in reversed(Path("/proc/self/mounts").read_text().splitlines()):
            mount = Path(line.split()[1])
            if {folder, self.data_root} & {mount, *mount.parents}:
                subprocess.run(["umount", "--lazy", mount], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def build_base_image(engine: Engine, suite: str | None = None) -> str:
    """Return the name of a nearly empty image of this machine's distribution, with this machine's network settings.

    `suite` names another release of it, from the same mirror. Raises `EngineUnavailable` if the image cannot be made
    from the machine's package mirror.
    """
    own = platform.freedesktop_os_release()["VERSION_CODENAME"]
    sources = _apt_sources(own)
    if suite not in {None, own}:
        sources = [(suite, "main", uri) for release, part, uri in sources if (release, part) == (own, "main")]
    suite = suite or own
    files = _machine_files(sources)
    environment = _machine_environment(files)
    digest = hashlib.sha256(repr((sorted(files.items()), sorted(environment.items()))).encode()).hexdigest()
    plain, image = f"rnn-autograder-tests-plain:{suite}", f"rnn-autograder-tests:{suite}-{digest[:12]}"
    if engine.docker("image", "inspect", image, check=False).returncode == 0:
        return image
    engine.docker("import", str(_minimal_system(suite, sources)), plain)
    container = engine.docker("create", plain, "bash").stdout.strip()
    with tempfile.TemporaryFile() as stream:
        with tarfile.open(fileobj=stream, mode="w") as tar:
            for path, content in files.items():
                member = tarfile.TarInfo(path.lstrip("/"))  # Owned by root, readable by all.
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        stream.seek(0)
        engine.docker("cp", "-", f"{container}:/", stdin=stream)
    # In an image's ENV a dollar sign would begin a variable.
    changes = [f"--change=ENV {name}={json.dumps(value)}".replace("$", r"\$") for name, value in environment.items()]
    engine.docker("commit", *changes, container, image)
    engine.docker("rm", container)
    return image


def _minimal_system(suite: str, sources: list[tuple[str, str, str]]) -> Path:
    """Return the tarball of a nearly empty system, made now if the cache has none."""
    tarball = cache_directory() / f"{suite}-{platform.machine()}.tar"
    if tarball.exists():
        return tarball
    mirror = next(uri for release, component, uri in sources if (release, component) == (suite, "main"))
    with tempfile.TemporaryDirectory(dir=cache_directory()) as temporary:
        packed = Path(temporary, "system.tar")
        # Install ca-certificates now. Later, it would overwrite the machine's list with the image's own.
        command = ["mmdebstrap", "--variant=minbase", "--include=ca-certificates"]
        command += [f"--aptopt={line}" for line in _apt_settings()]
        command += [suite, str(packed), f"deb {mirror} {suite} main"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, umask=0o022)
        if done.returncode != 0:
            raise EngineUnavailable(f"mmdebstrap failed:\n{done.stdout[-2000:]}")
        packed.rename(tarball)
    return tarball


def _apt_settings() -> list[str]:
    """Return the lines of this machine's apt settings that say how to reach a mirror."""
    lines = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if line.startswith(("Acquire::http", "Acquire::Check-", "Acquire::Retries"))]


def _apt_sources(suite: str) -> list[tuple[str, str, str]]:
    """Return (release, component, address) of each apt source of this machine's distribution, without third parties."""
    wanted = platform.freedesktop_os_release()["ID"]
    fields = "$(ORIGIN)|$(RELEASE)|$(COMPONENT)|$(REPO_URI)"
    command = ["apt-get", "indextargets", "--format", fields, "Created-By: Packages"]
    for _ in range(2):
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        found = [(r, c, u) for origin, r, c, u in (line.split("|") for line in lines) if origin.lower() == wanted]
        if any((release, component) == (suite, "main") for release, component, _ in found):
            return list(dict.fromkeys(found))
        subprocess.run(["apt-get", "update"], capture_output=True)  # The origin is known only from fetched lists.
    raise EngineUnavailable(f"this machine's apt names no mirror of {wanted} {suite}")


def _machine_files(sources: list[tuple[str, str, str]]) -> dict[str, bytes]:
    """Return the files with this machine's network settings, by their path in the image."""
    files = {
        "/etc/apt/sources.list": "".join(f"deb {uri} {release} {part}\n" for release, part, uri in sources).encode(),
        "/etc/apt/apt.conf.d/90machine": "".join(f"{line}\n" for line in _apt_settings()).encode(),
    }
    copied = [Path(CA_BUNDLE), Path("/etc/apt/auth.conf"), Path("/etc/uv/uv.toml")]
    copied += [*Path("/etc/apt/auth.conf.d").glob("*"), *Path("/usr/local/share/ca-certificates").glob("**/*.crt")]
    files |= {str(path): path.read_bytes() for path in copied if path.is_file()}
    # pip's settings, without those that name a folder of this machine.
    merged = configparser.RawConfigParser()
    merged.read(["/etc/pip.conf", Path.home() / ".pip/pip.conf", Path.home() / ".config/pip/pip.conf"])
    for section in merged.sections():
        for option, value in merged.items(section):
            words = [word for word in value.split() if word == CA_BUNDLE or not word.startswith(("/", "file:", "~"))]
            merged.set(section, option, " ".join(words)) if words else merged.remove_option(section, option)
    merged.write(written := io.StringIO())
    return files | {"/etc/pip.conf": written.getvalue().encode()}


def _machine_environment(files: dict[str, bytes]) -> dict[str, str]:
    """Return the variables that the image needs: proxies, certificates, package indexes. Leave out paths it lacks."""
    set_here = {name: value for name, value in os.environ.items() if PASSED_VARIABLES.fullmatch(name) and value}
    found = {name: value for name, value in set_here.items() if not value.startswith(("/", "file:")) or value in files}
    # uv reads neither pip's settings nor the system's certificates by itself.
    pip = configparser.RawConfigParser()
    pip.read_string(files["/etc/pip.conf"].decode())
    if index := found.get("PIP_INDEX_URL") or pip.get("global", "index-url", fallback=""):
        found.setdefault("UV_DEFAULT_INDEX", found.get("UV_INDEX_URL", index))
    return {"SSL_CERT_FILE": CA_BUNDLE, **found} if CA_BUNDLE in files else found


def _mtu() -> int:
    """Return the packet size of the interface that leads outside. Containers must not send larger packets."""
    routes = [line.split() for line in Path("/proc/net/route").read_text().splitlines()]
    interfaces = [Path("/sys/class/net", name) for name, destination, *_ in routes if destination == "00000000"]
    return int((interfaces[0] / "mtu").read_text()) if interfaces else 1500
