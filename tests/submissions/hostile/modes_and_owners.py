# title: modes, owners, times, attributes and sizes of the grader's files
# success: one of them changed
# keeps: nothing

# %%
import glob, os

places = [MAP[name] for name in ("settings", "staff", "result", "archive", "shared", "tests", "files", "results", "place")]
places += glob.glob(MAP["tests"] + "/*") + glob.glob(MAP["files"] + "/*/*.py")
for path in places:
    tried(os.chmod, path, 0o777)
    tried(os.chown, path, os.getuid(), os.getgid())
    tried(os.lchown, path, 1, 1)
    tried(os.utime, path, (0, 0))
    tried(os.setxattr, path, "user.mark", b"1")
    tried(os.truncate, path, 0)
    tried(os.mknod, path + ".new")
    tried(os.rename, path, path + ".old")
    for flags in (os.O_RDONLY, os.O_PATH, os.O_WRONLY, os.O_RDWR | os.O_APPEND):
        descriptor = tried(os.open, path, flags)
        if descriptor is not None:
            tried(os.fchmod, descriptor, 0o777)
            tried(os.chmod, f"/proc/self/fd/{descriptor}", 0o777)
            tried(os.fchown, descriptor, os.getuid(), -1)
            tried(os.utime, descriptor, (0, 0))
            tried(os.fsetxattr, descriptor, "user.mark", b"1") if hasattr(os, "fsetxattr") else tried(os.setxattr, descriptor, "user.mark", b"1")
            libc.syscall(452, descriptor, b"", 0o777, 0x1000)
            libc.fallocate(descriptor, 0, 0, 1 << 20)
            libc.ioctl(descriptor, 0x40086602, ctypes.byref(ctypes.c_long(0x10)))
            tried(os.close, descriptor)
