"""A real OBS on a display of its own, with a configuration of its own below a folder of ours, driven through
obs-websocket. Nothing of it outlives `with Program(...)`."""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import time

from websocket import Connection, ObsError

# linux/sockios.h, linux/if.h
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1

PROFILE = """[General]
Name=fanpai
[Video]
BaseCX={width}
BaseCY={height}
OutputCX={width}
OutputCY={height}
FPSType=0
FPSCommon=30
ColorFormat=RGB
ColorSpace=709
ColorRange=Full
"""

SETTINGS = """[General]
FirstRun=true
LastVersion=486539266
EnableAutoUpdates=false
[Basic]
Profile=fanpai
ProfileDir=fanpai
SceneCollection=fanpai
SceneCollectionFile=fanpai
[BasicWindow]
geometry=
[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort={port}
AlertsEnabled=false
AuthRequired=true
ServerPassword={password}
"""


class Program:
    """OBS with an empty scene of `width` x `height` at 30 frames a second."""

    def __init__(self, folder, width, height):
        self.folder = os.path.abspath(folder)
        self.width, self.height = width, height
        self.children = []
        self.files = []
        self.obs = None
        self.empty = None

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.obs:
            self.obs.close()
        for child in reversed(self.children):
            _end(child)
        for file in self.files:
            file.close()

    def _start(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        runtime = os.path.join(self.folder, "run")
        settings = os.path.join(self.folder, "config", "obs-studio")
        profile = os.path.join(settings, "basic", "profiles", "fanpai")
        for place in (runtime, profile, os.path.join(settings, "basic", "scenes")):
            os.makedirs(place)
        os.chmod(runtime, 0o700)
        _raise_loopback()
        port, password = _free_port(), secrets.token_hex(16)
        with open(os.path.join(profile, "basic.ini"), "w", encoding="utf-8") as file:
            file.write(PROFILE.format(width=self.width, height=self.height))
        with open(os.path.join(settings, "global.ini"), "w", encoding="utf-8") as file:
            file.write(SETTINGS.format(port=port, password=password))
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "WAYLAND", "QT_"))}
        environment.update(
            HOME=self.folder, XDG_CONFIG_HOME=os.path.join(self.folder, "config"), XDG_RUNTIME_DIR=runtime,
            XDG_CACHE_HOME=os.path.join(self.folder, "cache"), XDG_DATA_HOME=os.path.join(self.folder, "data"),
            LIBGL_ALWAYS_SOFTWARE="1", LP_NUM_THREADS="2", LC_ALL="C.UTF-8", XDG_SESSION_TYPE="x11",
            # OBS waits for ever for a server whose name does not resolve; a socket that is not there is refused at once.
            PULSE_SERVER="unix:" + os.path.join(self.folder, "no-sound"), DISPLAY=":" + self._display())
        self._run("obs", ["obs", "--multi", "--profile", "fanpai", "--collection", "fanpai"], env=environment)
        self.obs = self._connect(port, password)
        self.obs.request("GetVersion")

    def _display(self):
        """The number of a display that the server chose itself."""
        own, its = os.pipe()
        try:
            self._run(
                "Xvfb", ["Xvfb", "-displayfd", str(its), "-nolisten", "tcp", "-noreset", "-screen", "0", "1280x800x24"],
                pass_fds=(its,))
            os.close(its)
            its = None
            # It writes the digits first and the end of the line afterwards, and gives up when nobody reads that.
            with os.fdopen(os.dup(own), encoding="ascii") as reader:
                text = reader.readline().strip()
            if not text:
                raise ObsError("Xvfb did not start: see " + os.path.join(self.folder, "Xvfb.log"))
            return text
        finally:
            os.close(own)
            if its is not None:
                os.close(its)

    def _run(self, name, command, **options):
        log = open(os.path.join(self.folder, name + ".log"), "wb")
        self.files.append(log)
        # The kernel ends it should nobody be left to do so.
        command = ["setpriv", "--pdeathsig", "KILL", *command]
        self.children.append(
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **options))

    def _connect(self, port, password):
        last = time.monotonic() + 60
        while True:
            if self.children[-1].poll() is not None:
                raise ObsError("OBS ended at once: see " + os.path.join(self.folder, "obs.log"))
            try:
                return Connection(port, password, seconds=30)
            except (OSError, ObsError) as error:
                if time.monotonic() > last:
                    raise ObsError(f"OBS did not open its port within a minute: {error}") from error
                time.sleep(0.2)

    @property
    def version(self):
        return self.obs.request("GetVersion")["obsVersion"]


def _raise_loopback():
    """In a network of its own a machine's address for itself is down at first."""
    with socket.socket() as any_socket:
        asked = struct.pack("16s16x", b"lo")
        (flags,) = struct.unpack_from("h", fcntl.ioctl(any_socket, SIOCGIFFLAGS, asked), 16)
        if not flags & IFF_UP:
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _end(child):
    """Asks a process and its children to end, then makes them."""
    for number, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            pass
        try:
            child.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue
