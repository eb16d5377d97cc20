// SPDX-License-Identifier: GPL-3.0-or-later
/* hold.c - practical physical limit of the "hold" model on one core.
 *
 * Usage: cc -O3 -march=native hold.c -o hold -lm && ./hold [holds] [heap] [exp] [N ...]
 *   holds : number of hold operations per run          (default 10000000)
 *   heap  : 4 = 4-ary heap, 24-byte entries, pop-then-push
 *           r = 4-ary heap, 24-byte entries, replace-top (fused pop+push)
 *           k = 4-ary heap, 16-byte entries (f64 time, u64 seq<<32|id), replace-top
 *           2 = binary heap, 24-byte entries, pop-then-push
 *           b = 4-ary heap, 16-byte entries, 128-bit integer keys, branch-free choice of the
 *               smallest child, four siblings in one cache line, replace-top
 *           t = two-tier queue: ring of unsorted time buckets, only the current bucket is kept
 *               as a small heap (a ladder/calendar queue; O(1) in N)
 *           l = no queue at all, only the draw
 *           a = all of the above                                 (default a)
 *   exp   : z = 256-layer ziggurat, g = -log(u)                  (default z)
 *   N     : pending events                              (default 100 10000 1000000)
 *
 * Each hold pops the earliest event and reschedules it at now + exp(1). The order is total:
 * (time, sequence number). RNG: xoshiro256++ (Blackman and Vigna, public domain algorithm).
 * Prints ns per hold (process CPU time) and a checksum so that the work cannot be elided.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>

typedef struct { uint64_t s[4]; } rng_t;
static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static inline uint64_t rng_next(rng_t *r) {
    uint64_t *s = r->s, res = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
    return res;
}
static uint64_t splitmix(uint64_t *x) {
    uint64_t z = (*x += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull; z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}
static void rng_seed(rng_t *r, uint64_t s) { for (int i = 0; i < 4; i++) r->s[i] = splitmix(&s); }
static inline double u01(rng_t *r) { return (double)(rng_next(r) >> 11) * 0x1.0p-53; }

/* Marsaglia-Tsang exponential ziggurat, 256 layers, 53-bit x. */
static double zx[257], zf[257];
static void zig_init(void) {
    const double R = 7.69711747013104972, V = 0.0039496598225815571993;
    zx[0] = V / exp(-R); zx[1] = R; zx[256] = 0.0;
    for (int i = 2; i < 256; i++) zx[i] = -log(V / zx[i - 1] + exp(-zx[i - 1]));
    for (int i = 0; i < 257; i++) zf[i] = exp(-zx[i]);
}
static double exp_tail(rng_t *r);
static inline double exp_zig(rng_t *r) {
    for (;;) {
        uint64_t b = rng_next(r);
        unsigned i = b & 255;
        double x = (double)(b >> 11) * 0x1.0p-53 * zx[i];
        if (__builtin_expect(x < zx[i + 1], 1)) return x;
        if (i == 0) return exp_tail(r);
        if (zf[i + 1] + (zf[i] - zf[i + 1]) * u01(r) < exp(-x)) return x;
    }
}
static __attribute__((noinline)) double exp_tail(rng_t *r) { return 7.69711747013104972 + exp_zig(r); }
static inline double exp_log(rng_t *r) { return -log1p(-u01(r)); }

typedef struct { double t; uint64_t seq; uint64_t id; } ev24;
typedef struct { double t; uint64_t k; } ev16;
static inline int lt24(const ev24 *a, const ev24 *b) { return a->t < b->t || (a->t == b->t && a->seq < b->seq); }
static inline int lt16(const ev16 *a, const ev16 *b) { return a->t < b->t || (a->t == b->t && a->k < b->k); }

#define HEAP(NAME, EV, LT, D) \
static inline void NAME##_up(EV *h, size_t i, EV e) { \
    while (i) { size_t p = (i - 1) / D; if (!LT(&e, &h[p])) break; h[i] = h[p]; i = p; } h[i] = e; } \
static inline void NAME##_down(EV *h, size_t n, size_t i, EV e) { \
    for (;;) { size_t c = i * D + 1; if (c >= n) break; \
        size_t m = c; \
        if (c + D <= n) { for (size_t j = 1; j < D; j++) m = LT(&h[c + j], &h[m]) ? c + j : m; } \
        else for (size_t j = c + 1; j < n; j++) m = LT(&h[j], &h[m]) ? j : m; \
        if (!LT(&h[m], &e)) break; \
        h[i] = h[m]; i = m; } h[i] = e; }
HEAP(q4, ev24, lt24, 4)
HEAP(q2, ev24, lt24, 2)
HEAP(k4, ev16, lt16, 4)

/* b: keys are (bits of t << 64 | seq << 32 | id); t >= 0, so its bits order as an integer. */
typedef unsigned __int128 u128;
static inline u128 key128(double t, uint64_t k) { uint64_t b; memcpy(&b, &t, 8); return (u128)b << 64 | k; }
static inline double key_t(u128 k) { uint64_t b = (uint64_t)(k >> 64); double t; memcpy(&t, &b, 8); return t; }
/* h points 3 entries past a 64-byte boundary, so the children 4i+1..4i+4 share a cache line; the
   array is padded with all-ones keys, so a partial last group needs no special case. */
static inline void b4_down(u128 *h, size_t n, u128 e) {
    size_t i = 0;
    for (;;) {
        size_t c = 4 * i + 1; if (c >= n) break;
        size_t a = c + (h[c + 1] < h[c]), b = c + 2 + (h[c + 3] < h[c + 2]);
        size_t m = h[b] < h[a] ? b : a;
        if (!(h[m] < e)) break;
        h[i] = h[m]; i = m;
    }
    h[i] = e;
}
static inline void b4_up(u128 *h, size_t i, u128 e) {
    while (i) { size_t p = (i - 1) / 4; if (!(e < h[p])) break; h[i] = h[p]; i = p; } h[i] = e;
}

/* t: ring of buckets of width w; events beyond the ring go to the far list and are re-filed when
   the ring has turned once. cur is a small branch-free heap (b4). */
typedef struct { u128 *v; uint32_t n, cap; } bkt;
typedef struct { bkt *b; size_t nb, pos; double w, inv, base; bkt far; u128 *cur; size_t m, mcap; } tq;
static inline void bkt_add(bkt *b, u128 e) {
    if (__builtin_expect(b->n == b->cap, 0)) { b->cap = b->cap ? b->cap * 2 : 16; b->v = realloc(b->v, b->cap * sizeof *b->v); }
    b->v[b->n++] = e;
}
static void tq_grow(tq *q) {
    size_t cap = q->mcap ? q->mcap * 2 : 1024; u128 *h = (u128 *)aligned_alloc(64, (cap + 8) * 16) + 3;
    for (size_t i = 0; i < cap + 5; i++) h[i] = i < q->m ? q->cur[i] : ~(u128)0;
    if (q->cur) free(q->cur - 3);
    q->cur = h; q->mcap = cap;
}
static inline void tq_cur_push(tq *q, u128 e) {
    if (__builtin_expect(q->m == q->mcap, 0)) tq_grow(q);
    b4_up(q->cur, q->m, e); q->m++;
}
static inline u128 tq_cur_pop(tq *q) {
    u128 e = q->cur[0], l = q->cur[--q->m]; q->cur[q->m] = ~(u128)0;
    if (q->m) b4_down(q->cur, q->m, l);
    return e;
}
static inline void tq_push(tq *q, u128 e) {
    double d = (key_t(e) - q->base) * q->inv;
    if (__builtin_expect(d >= (double)q->nb, 0)) { bkt_add(&q->far, e); return; }
    size_t i = d < 0 ? 0 : (size_t)d;
    if (i <= q->pos) tq_cur_push(q, e); else bkt_add(&q->b[i], e);
}
static void tq_next(tq *q) {              /* load the next non-empty bucket into cur */
    for (;;) {
        if (++q->pos == q->nb) {
            q->base += q->w * (double)q->nb; q->pos = 0;
            bkt f = q->far; q->far = (bkt){ 0, 0, 0 };
            for (uint32_t j = 0; j < f.n; j++) tq_push(q, f.v[j]);
            free(f.v);
            if (q->m) return;
            continue;
        }
        bkt *b = &q->b[q->pos];
        if (b->n) { for (uint32_t j = 0; j < b->n; j++) tq_cur_push(q, b->v[j]); b->n = 0; return; }
    }
}

static double now_cpu(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }

#define RUN(EXP) \
static double run_##EXP(char kind, size_t n, uint64_t holds, double *chk) { \
    rng_t r; rng_seed(&r, 12345); uint64_t seq = 0; double now = 0, c = 0, t0, t1; \
    if (kind == 'l') { t0 = now_cpu(); for (uint64_t i = 0; i < holds; i++) c += EXP(&r); t1 = now_cpu(); \
        *chk = c / holds; return (t1 - t0) / holds * 1e9; } \
    size_t bytes = (n * 24 + 4095) & ~(size_t)4095; void *mem = aligned_alloc(4096, bytes + 4096); \
    if (kind == 'b') { char *al = aligned_alloc(4096, (n * 16 + 8 * 16 + 8191) & ~(size_t)4095); \
        u128 *h = (u128 *)al + 3; for (size_t i = 0; i < n + 5; i++) h[i] = ~(u128)0; \
        for (size_t i = 0; i < n; i++) b4_up(h, i, key128(EXP(&r), (seq++ << 32) | i)); \
        t0 = now_cpu(); \
        for (uint64_t i = 0; i < holds; i++) { u128 e = h[0]; now = key_t(e); c += now; \
            b4_down(h, n, key128(now + EXP(&r), (seq++ << 32) | (uint32_t)e)); } \
        t1 = now_cpu(); free(al); free(mem); *chk = now * (double)n / (double)holds; return (t1 - t0) / holds * 1e9; } \
    if (kind == 't') { tq q = { 0 }; double per = n < 64 ? n : 64; q.w = per / (double)n; q.inv = 1 / q.w; \
        q.nb = (size_t)(16.0 / q.w) + 2; q.b = calloc(q.nb, sizeof *q.b); tq_grow(&q); \
        for (size_t i = 0; i < n; i++) tq_push(&q, key128(EXP(&r), (seq++ << 32) | i)); \
        t0 = now_cpu(); \
        for (uint64_t i = 0; i < holds; i++) { if (!q.m) tq_next(&q); \
            u128 e = tq_cur_pop(&q); now = key_t(e); c += now; \
            tq_push(&q, key128(now + EXP(&r), (seq++ << 32) | (uint32_t)e)); } \
        t1 = now_cpu(); for (size_t i = 0; i < q.nb; i++) free(q.b[i].v); free(q.b); free(q.cur - 3); free(q.far.v); free(mem); \
        *chk = now * (double)n / (double)holds; return (t1 - t0) / holds * 1e9; } \
    if (kind == 'k') { ev16 *h = mem; size_t m = 0; \
        for (size_t i = 0; i < n; i++) { ev16 e = { EXP(&r), (seq++ << 32) | i }; k4_up(h, m++, e); } \
        t0 = now_cpu(); \
        for (uint64_t i = 0; i < holds; i++) { ev16 e = h[0]; now = e.t; c += now; \
            e.t = now + EXP(&r); e.k = (seq++ << 32) | (uint32_t)e.k; k4_down(h, n, 0, e); } \
    } else { ev24 *h = mem; size_t m = 0; \
        for (size_t i = 0; i < n; i++) { ev24 e = { EXP(&r), seq++, i }; if (kind == '2') q2_up(h, m, e); else q4_up(h, m, e); m++; } \
        t0 = now_cpu(); \
        if (kind == 'r') for (uint64_t i = 0; i < holds; i++) { ev24 e = h[0]; now = e.t; c += now; \
            e.t = now + EXP(&r); e.seq = seq++; q4_down(h, n, 0, e); } \
        else if (kind == '4') for (uint64_t i = 0; i < holds; i++) { ev24 e = h[0]; now = e.t; c += now; \
            m--; if (m) { ev24 l = h[m]; q4_down(h, m, 0, l); } \
            e.t = now + EXP(&r); e.seq = seq++; q4_up(h, m++, e); } \
        else for (uint64_t i = 0; i < holds; i++) { ev24 e = h[0]; now = e.t; c += now; \
            m--; if (m) { ev24 l = h[m]; q2_down(h, m, 0, l); } \
            e.t = now + EXP(&r); e.seq = seq++; q2_up(h, m++, e); } \
    } \
    t1 = now_cpu(); *chk = now * (double)n / (double)holds; free(mem); (void)c; return (t1 - t0) / holds * 1e9; }
RUN(exp_zig)
RUN(exp_log)

int main(int argc, char **argv) {
    uint64_t holds = argc > 1 ? strtoull(argv[1], 0, 10) : 10000000ull;
    const char *kinds = argc > 2 && argv[2][0] != 'a' ? argv[2] : "l42rkbt";
    char ex = argc > 3 ? argv[3][0] : 'z';
    size_t ns[16] = { 100, 10000, 1000000 }; int nn = 3;
    if (argc > 4) { nn = 0; for (int i = 4; i < argc && nn < 16; i++) ns[nn++] = strtoull(argv[i], 0, 10); }
    zig_init();
    for (const char *k = kinds; *k; k++)
        for (int i = 0; i < (*k == 'l' ? 1 : nn); i++) {
            double chk, v = ex == 'g' ? run_exp_log(*k, ns[i], holds, &chk) : run_exp_zig(*k, ns[i], holds, &chk);
            printf("heap=%c exp=%c N=%-8zu ns/hold=%7.2f  Mholds/s=%7.2f  check=%.4f (expect ~1)\n",
                   *k, ex, *k == 'l' ? 0 : ns[i], v, 1e3 / v, chk);
        }
    return 0;
}
