/* Notes how much of every regular file is surely on the disk, as "SIZE PATH" lines in the file
   named by SYNC_SIDE. The size is read before the sync: what is appended during it is not covered. */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void note(int fd, long long size) {
  static int side = -1;
  char link[64], path[PATH_MAX], line[PATH_MAX + 32];
  const char *name = getenv("SYNC_SIDE");
  if (side < 0 && name) side = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (side < 0) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  int size_of_line = snprintf(line, sizeof line, "%lld %s\n", size, path);
  if (write(side, line, size_of_line) < 0) _exit(3);
}

static int synced(int fd, const char *name) {
  struct stat before;
  int is_file = fstat(fd, &before) == 0 && S_ISREG(before.st_mode);
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int answer = real(fd);
  if (answer == 0 && is_file) note(fd, before.st_size);
  return answer;
}

int fdatasync(int fd) { return synced(fd, "fdatasync"); }
int fsync(int fd) { return synced(fd, "fsync"); }
