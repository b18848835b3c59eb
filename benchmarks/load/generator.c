/* A load generator that costs little, so that the server is what is measured.
 *
 * usage: generator PLAN      (written by benchmarks/load/plan.py; results as JSON lines on stdout)
 *
 * Opens every client of the plan, takes each through its steps (HTTP requests, WebSocket upgrade,
 * frames to send, frames to wait for), then lets writers send prepared messages at a rate. Every
 * message carries a marker, writer and number; inbound frames are searched for markers. A marker
 * also settles the earlier ones of its writer at that receiver: every server here delivers one
 * writer's changes in order, and may leave out a position that the next one replaced. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUCKETS = 200 * 50 + 10000, MAX_PIDS = 32 }; /* 20 µs up to 200 ms, then 1 ms */

typedef struct { char *data; size_t size, room; } Bytes;
typedef struct { char kind, match; int opcode; char *data; size_t size; } Step;
typedef struct {
    int fd, port, group, writer, step;
    Step *steps;
    int step_count;
    char *again; /* a command that prints the hello of who has fetched the state anew */
    bool is_ready, is_gone, is_upgraded, is_stuck;
    int64_t began, ready_at;
    uint64_t bytes;
    Bytes in, out;
    int32_t *last; /* per writer: the newest number that arrived here */
} Client;
typedef struct {
    int client, count, room, next;
    char **data;       /* frames as in the messages file */
    int64_t *sent_at;
    uint8_t *seen;     /* whether anybody else has it */
} Writer;
typedef struct { uint64_t at[BUCKETS], count; } Histogram;
typedef struct { double pid_s[MAX_PIDS], own_s, busy_s, steal_s; int64_t at; } Cost;

static Client *clients;
static int client_count, ready_count, gone_count, window_size = 10, next_to_start;
static Writer *writers;
static int writer_count;
static int *group_sizes, group_count;
static int resyncs;
static bool is_ours, is_engineio, is_holding, is_telling;
static int pids[MAX_PIDS], pid_count;
static Step keepalive;
static char kept[512]; /* where the last awaited frame goes */
static double keepalive_s;
static int64_t keepalive_at;
static int poller;
static uint64_t mask_state = 88172645463325252u;

/* The stage under way. */
static int64_t measured_from, measured_until;
static uint64_t sent, due, delivered, delivered_meanwhile, frames, bytes_in, refused;
static Histogram others, own;

static void die(const char *why) {
    fprintf(stderr, "generator: %s (%s)\n", why, strerror(errno));
    exit(1);
}

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void note(Histogram *h, int64_t ns) {
    int64_t us = ns / 1000;
    int64_t at = us < 200000 ? us / 20 : 10000 + (us - 200000) / 1000;
    h->at[at < BUCKETS ? at : BUCKETS - 1]++;
    h->count++;
}

static double at_part(const Histogram *h, double part) {
    uint64_t left = (uint64_t)(part * (double)h->count);
    for (int i = 0; i < BUCKETS; i++) {
        if (h->at[i] > left) return i < 10000 ? (i + 0.5) * 0.02 : 200.0 + (i - 10000 + 0.5);
        left -= h->at[i];
    }
    return 0;
}

static void append(Bytes *b, const void *data, size_t size) {
    if (b->size + size > b->room) {
        b->room = (b->size + size) * 2;
        if (!(b->data = realloc(b->data, b->room))) die("memory");
    }
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

/* --- what it costs -------------------------------------------------------------------- */

/* Seconds by the process's own count, in ticks: all of it, and what its ended children took (a
 * store forks to rewrite its log). */
static void ticks_s(int pid, double *all, double *children) {
    char path[32], line[1024];
    long long v[4] = {0};
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    char *end = f && fgets(line, sizeof line, f) ? strrchr(line, ')') : NULL;
    if (end) sscanf(end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lld %lld %lld %lld",
                    v, v + 1, v + 2, v + 3);
    if (f) fclose(f);
    double tick = (double)sysconf(_SC_CLK_TCK);
    *all = (double)(v[0] + v[1]) / tick;
    *children = (double)(v[2] + v[3]) / tick;
}

/* To the nanosecond, of all its threads; by ticks where the kernel does not say. */
static double pid_cpu_s(int pid) {
    char path[320];
    double all, children;
    ticks_s(pid, &all, &children);
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    unsigned long long total = 0, one;
    for (struct dirent *task; tasks && (task = readdir(tasks));) {
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, task->d_name);
        FILE *f = *task->d_name == '.' ? NULL : fopen(path, "r");
        if (!f) continue;
        if (fscanf(f, "%llu", &one) == 1) total += one;
        fclose(f);
    }
    if (tasks) closedir(tasks);
    return (total ? (double)total / 1e9 : all) + children;
}

static Cost cost(void) {
    Cost c = {.at = now_ns()};
    for (int i = 0; i < pid_count; i++) c.pid_s[i] = pid_cpu_s(pids[i]);
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    c.own_s = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
              (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
    unsigned long long v[8] = {0};
    FILE *f = fopen("/proc/stat", "r");
    if (f) {
        if (fscanf(f, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", v, v + 1, v + 2, v + 3, v + 4,
                   v + 5, v + 6, v + 7) != 8) v[7] = 0;
        fclose(f);
    }
    double tick = (double)sysconf(_SC_CLK_TCK);
    c.busy_s = (double)(v[0] + v[1] + v[2] + v[5] + v[6]) / tick;
    c.steal_s = (double)v[7] / tick;
    return c;
}

static void print_cost(const Cost *a, const Cost *b) {
    printf("\"seconds\":%.3f,\"cpu_s\":[", (double)(b->at - a->at) / 1e9);
    for (int i = 0; i < pid_count; i++) printf("%s%.3f", i ? "," : "", b->pid_s[i] - a->pid_s[i]);
    printf("],\"generator_s\":%.3f,\"busy_s\":%.3f,\"steal_s\":%.3f", b->own_s - a->own_s,
           b->busy_s - a->busy_s, b->steal_s - a->steal_s);
}

/* --- sockets ---------------------------------------------------------------------------- */

static void watch(Client *c, int how, bool is_writing) {
    struct epoll_event e = {.events = EPOLLIN | (is_writing ? EPOLLOUT : 0),
                            .data.u32 = (uint32_t)(c - clients)};
    if (epoll_ctl(poller, how, c->fd, &e)) die("epoll_ctl");
}

static void lose(Client *c) {
    if (c->is_gone) return;
    c->is_gone = true;
    gone_count++;
    close(c->fd);
    c->fd = -1;
}

static void flush(Client *c) {
    size_t done = 0;
    while (done < c->out.size) {
        ssize_t n = send(c->fd, c->out.data + done, c->out.size - done, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EAGAIN || errno == ENOTCONN) break;
            lose(c);
            return;
        }
        done += (size_t)n;
    }
    if (done) memmove(c->out.data, c->out.data + done, c->out.size - done);
    c->out.size -= done;
    bool is_stuck = c->out.size > 0;
    if (is_stuck != c->is_stuck) watch(c, EPOLL_CTL_MOD, c->is_stuck = is_stuck);
}

static void put_frame(Client *c, int opcode, const char *payload, size_t size) {
    unsigned char head[14] = {(unsigned char)(0x80 | opcode)};
    size_t n = 2;
    if (size < 126) head[1] = (unsigned char)(0x80 | size);
    else if (size < 65536) {
        head[1] = 0xFE; head[2] = (unsigned char)(size >> 8); head[3] = (unsigned char)size; n = 4;
    } else {
        head[1] = 0xFF;
        for (int i = 0; i < 8; i++) head[2 + i] = (unsigned char)((uint64_t)size >> (56 - 8 * i));
        n = 10;
    }
    mask_state ^= mask_state << 13; mask_state ^= mask_state >> 7; mask_state ^= mask_state << 17;
    uint32_t mask = (uint32_t)mask_state | 1; /* never zero: some servers skip unmasking then */
    memcpy(head + n, &mask, 4);
    append(&c->out, head, n + 4);
    size_t start = c->out.size;
    append(&c->out, payload, size);
    char *at = c->out.data + start;
    size_t i = 0;
    for (; i + 4 <= size; i += 4) {
        uint32_t word;
        memcpy(&word, at + i, 4);
        word ^= mask;
        memcpy(at + i, &word, 4);
    }
    for (; i < size; i++) at[i] ^= ((char *)&mask)[i & 3];
}

static void open_socket(Client *c) {
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) die("socket");
    int yes = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)c->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) die("connect");
    c->in.size = c->out.size = 0;
    c->is_stuck = true; /* until connected */
    watch(c, EPOLL_CTL_ADD, true);
}

/* Send what the client has to say until its next step is to wait for something. */
static void go_on(Client *c) {
    for (; !c->is_gone && c->step < c->step_count; c->step++) {
        Step *s = &c->steps[c->step];
        if (s->kind == 'N') {
            close(c->fd);
            open_socket(c);
        } else if (s->kind == 'W') {
            put_frame(c, s->opcode, s->data, s->size);
        } else {
            if (s->kind != 'E') append(&c->out, s->data, s->size);
            flush(c);
            return;
        }
    }
    if (c->is_gone || c->is_ready) return;
    flush(c);
    c->is_ready = true;
    c->ready_at = now_ns();
    ready_count++;
}

static void start_more(void) {
    while (next_to_start < client_count && next_to_start - ready_count - gone_count < window_size) {
        Client *c = &clients[next_to_start++];
        c->began = now_ns();
        open_socket(c);
        go_on(c);
    }
}

/* --- what arrives ------------------------------------------------------------------------ */

static void arrived(Client *c, int w, int number) {
    if (w >= writer_count || number >= writers[w].next) return;
    Writer *from = &writers[w];
    bool is_own = from->client == (int)(c - clients);
    int64_t now = now_ns();
    for (int i = c->last[w] + 1; i <= number; i++) {
        bool is_measured = from->sent_at[i] >= measured_from && from->sent_at[i] < measured_until;
        if (is_own) {
            if (is_measured) note(&own, now - from->sent_at[i]);
            continue;
        }
        if (now >= measured_from && now < measured_until) delivered_meanwhile++;
        if (is_measured) {
            delivered++;
            note(&others, now - from->sent_at[i]);
        }
    }
    if (number > c->last[w]) c->last[w] = number;
    from->seen[number] |= is_own ? 2 : 1;
}

/* {"note_w3":{"at":{"x":17, …: the writer, and the number as its coordinate. */
static void search_ours(Client *c, const char *p, const char *end) {
    while ((p = memmem(p, (size_t)(end - p), "\"note_w", 7))) {
        char *after;
        long w = strtol(p += 7, &after, 10);
        const char *x = memmem(after, (size_t)(end - after < 40 ? end - after : 40), "\"x\":", 4);
        if (after > p && x) arrived(c, (int)w, atoi(x + 4));
    }
}

static void search(Client *c, const char *p, const char *end) {
    while (end - p >= 10 && (p = memmem(p, (size_t)(end - p), "~~", 2)) && end - p >= 10) {
        char hex[9] = {0};
        memcpy(hex, p + 2, 8);
        unsigned long v = strtoul(hex, NULL, 16);
        arrived(c, (int)(v >> 24), (int)(v & 0xFFFFFF));
        p += 10;
    }
}

/* What the client has is not what the server it came to goes on from: another one was further. All
   others wait meanwhile, which matters to nothing that is measured. */
static void greet_again(Client *c) {
    char hello[512];
    FILE *f = popen(c->again, "r");
    size_t size = f ? fread(hello, 1, sizeof hello, f) : 0;
    if (!f || pclose(f) || !size) {
        fprintf(stderr, "generator: no hello by %s\n", c->again);
        lose(c);
        return;
    }
    resyncs++;
    put_frame(c, 1, hello, size);
    flush(c);
}

static void take(Client *c, int opcode, const char *payload, size_t size) {
    if (opcode == 9) {
        put_frame(c, 10, payload, size);
        flush(c);
        return;
    }
    if (opcode == 8) {
        lose(c);
        return;
    }
    if (opcode == 10) return;
    if (is_engineio && size == 1 && *payload == '2') {
        put_frame(c, 1, "3", 1);
        flush(c);
        return;
    }
    if (c->is_ready) {
        frames++;
        if (is_ours) {
            search_ours(c, payload, payload + size);
            if (size > 13 && !memcmp(payload, "{\"t\":\"refused", 13)) {
                if (!refused++) fprintf(stderr, "generator: %.*s\n", (int)size, payload);
            }
        }
        search(c, payload, payload + size);
        return;
    }
    Step *s = &c->steps[c->step];
    if (c->again && size > 13 && !memcmp(payload, "{\"t\":\"resync\"", 13)) {
        greet_again(c);
        return;
    }
    if (s->kind != 'E' || size < s->size) return;
    bool is_it = s->match == '^' ? !memcmp(payload, s->data, s->size)
                                 : memmem(payload, size, s->data, s->size) != NULL;
    if (!is_it) return;
    FILE *f = *kept ? fopen(kept, "wb") : NULL;
    if (f) {
        fwrite(payload, 1, size, f);
        fclose(f);
    }
    c->step++;
    go_on(c);
}

/* The length of a whole HTTP answer, 0 while it is not all there. */
static size_t whole_answer(Client *c) {
    char *head_end = memmem(c->in.data, c->in.size, "\r\n\r\n", 4);
    if (!head_end) return 0;
    size_t head = (size_t)(head_end - c->in.data) + 4;
    if (c->steps[c->step].kind == 'U') {
        if (memcmp(c->in.data + 8, " 101", 4)) {
            fprintf(stderr, "generator: %.*s\n", (int)head, c->in.data);
            lose(c);
            return 0;
        }
        c->is_upgraded = true;
        return head;
    }
    char kept = *head_end;
    *head_end = 0;
    char *length = strcasestr(c->in.data, "\r\ncontent-length:");
    bool is_fine = strstr(c->in.data, " 200") != NULL;
    size_t body = length ? strtoul(length + 17, NULL, 10) : 0;
    if (!is_fine || !length) {
        fprintf(stderr, "generator: %s\n", c->in.data);
        lose(c);
        return 0;
    }
    *head_end = kept;
    return c->in.size >= head + body ? head + body : 0;
}

static void parse(Client *c) {
    size_t at = 0;
    if (!c->is_upgraded) {
        size_t size = whole_answer(c);
        if (!size) return;
        memmove(c->in.data, c->in.data + size, c->in.size - size);
        c->in.size -= size;
        c->step++;
        go_on(c);
        if (!c->is_upgraded) return;
    }
    while (!c->is_gone && c->in.size - at >= 2) {
        unsigned char *p = (unsigned char *)c->in.data + at;
        uint64_t size = p[1] & 127, head = 2;
        if (size == 126) {
            if (c->in.size - at < 4) break;
            size = (uint64_t)p[2] << 8 | p[3];
            head = 4;
        } else if (size == 127) {
            if (c->in.size - at < 10) break;
            size = 0;
            for (int i = 0; i < 8; i++) size = size << 8 | p[2 + i];
            head = 10;
        }
        if (c->in.size - at < head + size) break;
        take(c, p[0] & 15, (char *)p + head, size);
        at += head + size;
    }
    if (c->is_gone) return;
    memmove(c->in.data, c->in.data + at, c->in.size - at);
    c->in.size -= at;
}

static void receive(Client *c) {
    for (int rounds = 0; rounds < 4 && !c->is_gone; rounds++) {
        if (c->in.room - c->in.size < 65536) {
            c->in.room = c->in.room ? c->in.room * 2 : 131072;
            if (!(c->in.data = realloc(c->in.data, c->in.room))) die("memory");
        }
        size_t room = c->in.room - c->in.size;
        ssize_t n = recv(c->fd, c->in.data + c->in.size, room, 0);
        if (n <= 0) {
            if (n == 0 || errno != EAGAIN) lose(c);
            return;
        }
        c->bytes += (size_t)n;
        bytes_in += (size_t)n;
        c->in.size += (size_t)n;
        parse(c);
        if ((size_t)n < room) return;
    }
}

static void turn(int64_t until) {
    struct epoll_event events[256];
    int64_t left = until - now_ns();
    struct timespec wait = {left > 0 ? left / 1000000000 : 0, left > 0 ? left % 1000000000 : 0};
    int n = epoll_pwait2(poller, events, 256, &wait, NULL);
    for (int i = 0; i < n; i++) {
        Client *c = &clients[events[i].data.u32];
        if (c->is_gone) continue;
        if (events[i].events & EPOLLOUT) flush(c);
        if (!c->is_gone && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
    }
    if (keepalive_s > 0 && now_ns() >= keepalive_at) {
        keepalive_at = now_ns() + (int64_t)(keepalive_s * 1e9);
        for (int i = 0; i < client_count; i++) {
            Client *c = &clients[i];
            if (!c->is_ready || c->is_gone) continue;
            put_frame(c, keepalive.opcode, keepalive.data, keepalive.size);
            flush(c);
        }
    }
}

/* --- stages ------------------------------------------------------------------------------ */

static bool send_next(int w) {
    Writer *from = &writers[w];
    if (from->next >= from->count) return false;
    Client *c = &clients[from->client];
    if (c->is_gone) return true;
    int64_t now = from->sent_at[from->next] = now_ns();
    char *at = from->data[from->next++];
    for (int left = *at++; left > 0; left--) {
        uint32_t size;
        memcpy(&size, at + 1, 4);
        put_frame(c, *at, at + 5, size);
        at += 5 + size;
    }
    flush(c);
    if (now >= measured_from && now < measured_until) {
        sent++;
        due += (uint64_t)(group_sizes[c->group] - 1);
    }
    return true;
}

/* People do not act by a metronome: the gaps between acts of many are exponential. Always the same
   ones, for every server. */
static unsigned short chance[3] = {1, 2, 3};

static int64_t until_next(double rate) {
    return (int64_t)(-log(1.0 - erand48(chance)) * 1e9 / rate);
}

/* One rate for some time; whether it was kept up with. */
static bool run_stage(double rate, double warm_s, double seconds, bool *is_out) {
    static int turn_of;
    sent = due = delivered = delivered_meanwhile = frames = bytes_in = refused = 0;
    memset(&others, 0, sizeof others);
    memset(&own, 0, sizeof own);
    int gone_before = gone_count;
    int64_t start = now_ns(), next = start;
    measured_from = start + (int64_t)(warm_s * 1e9);
    measured_until = measured_from + (int64_t)(seconds * 1e9);
    Cost before = {0}, after;
    for (int64_t now = start; now < measured_until && !*is_out && gone_count == gone_before;) {
        if (!before.at && now >= measured_from) {
            before = cost();
            frames = bytes_in = 0;
        }
        for (int burst = 0; next <= now && burst < 64 && !*is_out; burst++) {
            *is_out = !send_next(turn_of++ % writer_count);
            next += until_next(rate);
        }
        int64_t stop = !before.at && measured_from < measured_until ? measured_from : measured_until;
        turn(next < stop ? next : stop);
        now = now_ns();
    }
    after = cost();
    uint64_t frames_then = frames, bytes_then = bytes_in;
    if (!before.at) before = after;
    for (int64_t end = now_ns() + 3000000000LL; delivered < due && now_ns() < end;)
        turn(now_ns() + 20000000);
    double p99 = at_part(&others, 0.99), part = due ? (double)delivered / (double)due : 0;
    /* How many come by chance is no measure: whether all that were to come by the end have gone. */
    bool is_rate = (double)(measured_until - next) <= 0.03 * seconds * 1e9;
    bool is_passed = is_rate && part >= 0.999 && p99 < 250 && gone_count == gone_before && !refused &&
                     !*is_out;
    printf("{\"rate\":%.1f,\"sent\":%lu,\"due\":%lu,\"delivered\":%lu,\"meanwhile\":%lu,", rate,
           sent, due, delivered, delivered_meanwhile);
    printf("\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,", at_part(&others, 0.5), at_part(&others, 0.95), p99);
    printf("\"own\":%lu,\"own_p50\":%.2f,\"own_p95\":%.2f,\"own_p99\":%.2f,", own.count,
           at_part(&own, 0.5), at_part(&own, 0.95), at_part(&own, 0.99));
    printf("\"refused\":%lu,", refused);
    printf("\"frames\":%lu,\"bytes\":%lu,\"dropped\":%d,\"is_out\":%s,\"is_passed\":%s,", frames_then,
           bytes_then, gone_count - gone_before, *is_out ? "true" : "false",
           is_passed ? "true" : "false");
    print_cost(&before, &after);
    printf("}\n");
    fflush(stdout);
    return is_passed;
}

/* One rate of a ramp; after a failure, let what is still on its way arrive. */
static bool run_step(double rate, double seconds, bool *is_out) {
    if (run_stage(rate, 0.5, seconds, is_out)) return true;
    for (int64_t end = now_ns() + 10000000000LL; delivered < due && now_ns() < end && !refused;)
        turn(now_ns() + 20000000);
    return false;
}

/* Up by `factor` until a rate fails `tries` times; first in threes, to be near soon. */
static void run_ramp(double start, double factor, double seconds, int tries, double most) {
    bool is_out = false;
    double passed = 0, coarse = factor * factor * factor;
    for (double rate = start; rate <= most && !is_out; rate *= coarse) {
        if (!run_step(rate, seconds / 2, &is_out)) break;
        passed = rate;
    }
    double rate = passed > 0 ? passed * factor : start;
    for (int failed = 0; failed < tries && !is_out && gone_count == 0 && rate <= most;) {
        if (run_step(rate, seconds, &is_out)) {
            failed = 0;
            passed = rate;
            rate *= factor;
        } else failed++;
    }
    /* Nothing passed at the start: down until something does. */
    for (rate = start / factor; passed == 0 && rate >= 5 && !is_out && gone_count == 0; rate /= factor)
        if (run_step(rate, seconds, &is_out)) passed = rate;
}

/* --- the plan ------------------------------------------------------------------------------ */

static Step read_blob(FILE *f, char kind, int opcode, char match, size_t size) {
    Step s = {.kind = kind, .opcode = opcode, .match = match, .size = size, .data = malloc(size + 1)};
    if (size && fread(s.data, 1, size, f) != size) die("plan cut short");
    return s;
}

static void add_step(Step s) {
    Client *c = &clients[client_count - 1];
    c->steps = realloc(c->steps, sizeof(Step) * (size_t)(c->step_count + 1));
    c->steps[c->step_count++] = s;
}

static void read_messages(const char *path) {
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st)) die(path);
    char *data = malloc((size_t)st.st_size + 1), *end = data + st.st_size;
    if (fread(data, 1, (size_t)st.st_size, f) != (size_t)st.st_size) die(path);
    fclose(f);
    while (data < end) {
        uint16_t w;
        memcpy(&w, data, 2);
        data += 2;
        if (w >= writer_count) die("a message of an unknown writer");
        Writer *from = &writers[w];
        if (from->count == from->room) {
            from->room = from->room ? from->room * 2 : 1024;
            from->data = realloc(from->data, sizeof(char *) * (size_t)from->room);
        }
        from->data[from->count++] = data;
        for (int left = *data++; left > 0; left--) {
            uint32_t size;
            memcpy(&size, data + 1, 4);
            data += 5 + size;
        }
    }
    for (int w = 0; w < writer_count; w++) {
        writers[w].sent_at = calloc((size_t)writers[w].count + 1, sizeof(int64_t));
        writers[w].seen = calloc((size_t)writers[w].count + 1, 1);
    }
}

static void read_plan(const char *path, char *messages, Bytes *stages) {
    FILE *f = fopen(path, "rb");
    if (!f) die(path);
    char line[512];
    while (fgets(line, sizeof line, f)) {
        int a, b, w;
        size_t size;
        char match;
        if (sscanf(line, "pid %d", &a) == 1 && pid_count < MAX_PIDS) pids[pid_count++] = a;
        else if (sscanf(line, "writers %d", &writer_count) == 1) {
            writers = calloc((size_t)writer_count + 1, sizeof(Writer));
        } else if (sscanf(line, "messages %511s", messages) == 1) read_messages(messages);
        else if (sscanf(line, "window %d", &window_size) == 1) {}
        else if (sscanf(line, "keepalive %lf %d %zu", &keepalive_s, &a, &size) == 3)
            keepalive = read_blob(f, 'W', a, 0, size);
        else if (!strncmp(line, "ours", 4)) is_ours = true;
        else if (!strncmp(line, "engineio", 8)) is_engineio = true;
        else if (!strncmp(line, "hold", 4)) is_holding = true;
        else if (!strncmp(line, "tell", 4)) is_telling = true;
        else if (sscanf(line, "keep %511s", kept) == 1) {}
        else if (!strncmp(line, "stage", 5) || !strncmp(line, "ramp", 4))
            append(stages, line, strlen(line));
        else if (sscanf(line, "client %d %d %d", &a, &b, &w) == 3) {
            clients = realloc(clients, sizeof(Client) * (size_t)(client_count + 1));
            clients[client_count] = (Client){.fd = -1, .port = a, .group = b, .writer = w};
            if (w >= 0) writers[w].client = client_count;
            client_count++;
            if (b >= group_count) {
                group_sizes = realloc(group_sizes, sizeof(int) * (size_t)(b + 1));
                while (group_count <= b) group_sizes[group_count++] = 0;
            }
            group_sizes[b]++;
        } else if (*line == 'N') add_step((Step){.kind = 'N'});
        else if (sscanf(line, "H %zu", &size) == 1) add_step(read_blob(f, 'H', 0, 0, size));
        else if (sscanf(line, "U %zu", &size) == 1) add_step(read_blob(f, 'U', 0, 0, size));
        else if (sscanf(line, "W %d %zu", &a, &size) == 2) add_step(read_blob(f, 'W', a, 0, size));
        else if (sscanf(line, "R %zu", &size) == 1) {
            Client *c = &clients[client_count - 1];
            c->again = read_blob(f, 'R', 0, 0, size).data;
            c->again[size] = 0;
        } else if (sscanf(line, "E %c %zu", &match, &size) == 2)
            add_step(read_blob(f, 'E', 0, match, size));
        else if (*line != '\n') die(line);
    }
    fclose(f);
    for (int i = 0; i < client_count; i++) {
        clients[i].last = malloc(sizeof(int32_t) * (size_t)(writer_count + 1));
        for (int w = 0; w < writer_count; w++) clients[i].last[w] = -1;
    }
    append(stages, "", 1);
}

static void come(void) {
    Cost before = cost();
    int64_t start = now_ns(), last = start;
    start_more();
    while (ready_count + gone_count < client_count) {
        if (now_ns() - start > 120 * 1000000000LL) break;
        turn(now_ns() + 50000000);
        start_more();
    }
    Cost after = cost();
    printf("{\"ready\":%d,\"clients\":%d,\"resyncs\":%d,", ready_count, client_count, resyncs);
    print_cost(&before, &after);
    printf(",\"join_ms\":[");
    uint64_t received = 0;
    for (int i = 0, n = 0; i < client_count; i++) {
        if (!clients[i].is_ready) continue;
        printf("%s%.3f", n++ ? "," : "", (double)(clients[i].ready_at - clients[i].began) / 1e6);
        received += clients[i].bytes;
        if (clients[i].ready_at > last) last = clients[i].ready_at;
    }
    printf("],\"join_bytes\":%lu,\"last_ms\":%.3f}\n", received, (double)(last - start) / 1e6);
    fflush(stdout);
}

/* Which messages somebody has: per writer a string of 0 nobody, 1 others, 2 its writer, 3 both. */
static void tell(void) {
    printf("{\"seen\":[");
    for (int w = 0; w < writer_count; w++) {
        printf("%s\"", w ? "," : "");
        for (int i = 0; i < writers[w].next; i++) putchar('0' + writers[w].seen[i]);
        putchar('"');
    }
    printf("]}\n");
    fflush(stdout);
}

static void hold(void) {
    char nothing;
    int flags = fcntl(0, F_GETFL);
    fcntl(0, F_SETFL, flags | O_NONBLOCK);
    while (read(0, &nothing, 1) != 0) turn(now_ns() + 50000000); /* until stdin is closed */
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    char messages[512];
    Bytes stages = {0};
    signal(SIGPIPE, SIG_IGN);
    poller = epoll_create1(0);
    read_plan(arguments[1], messages, &stages);
    come();
    if (ready_count < client_count) return 3;
    bool is_out = false;
    for (char *line = strtok(stages.data, "\n"); line; line = strtok(NULL, "\n")) {
        double rate, a, b, most;
        int tries;
        if (sscanf(line, "stage %lf %lf %lf", &rate, &a, &b) == 3) run_stage(rate, a, b, &is_out);
        else if (sscanf(line, "ramp %lf %lf %lf %d %lf", &rate, &a, &b, &tries, &most) == 5)
            run_ramp(rate, a, b, tries, most);
    }
    if (is_telling) tell();
    if (is_holding) hold();
    return 0;
}
