// SPDX-License-Identifier: GPL-3.0-or-later
/* threetier.c - hand-written reference of the three-tier patient-flow workload: what a model costs
 * when nothing but the calendar, the draws, the queues and the counters is left.
 *
 * Usage: cc -O3 -march=native threetier.c -o threetier -lm && ./threetier [patients] [seed] [regions]
 *
 * With -DUSE_GSL=gsl_rng_taus2 (or gsl_rng_mt19937) -lgsl -lgslcblas the draws come from GSL.
 *
 * Calendar: 4-ary heap, 16-byte entries, 128-bit integer keys, branch-free choice of the smallest
 * child (see hold.c, variant b). RNG: xoshiro256++; exponential by ziggurat, normal by ziggurat.
 * Model and parameters: see model.py. With regions = K the model is K independent copies of
 * the region in one calendar (K times the arrival rate), which scales the number of pending events.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>

static uint64_t s[4];
static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static inline uint64_t rnd(void) {
    uint64_t res = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
    return res;
}
static uint64_t splitmix(uint64_t *x) {
    uint64_t z = (*x += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull; z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}
#ifdef USE_GSL
#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>
static gsl_rng *G;
static inline double u01(void) { return gsl_rng_uniform(G); }
#else
static inline double u01(void) { return (double)(rnd() >> 11) * 0x1.0p-53; }
#endif
/* Ziggurats (Marsaglia and Tsang), 256 layers: z = exp(-x), n = exp(-x*x/2). */
static double zx[257], zf[257], nx[257], nf[257];
static const double ZR = 7.69711747013104972, NR = 3.6541528853610088;
static void zig_init(void) {
    double v = 0.0039496598225815571993; zx[0] = v / exp(-ZR); zx[1] = ZR; zx[256] = 0;
    for (int i = 2; i < 256; i++) zx[i] = -log(v / zx[i - 1] + exp(-zx[i - 1]));
    for (int i = 0; i < 257; i++) zf[i] = exp(-zx[i]);
    v = 0.00492867323399; nx[0] = v / exp(-0.5 * NR * NR); nx[1] = NR; nx[256] = 0;
    for (int i = 2; i < 256; i++) nx[i] = sqrt(-2 * log(v / nx[i - 1] + exp(-0.5 * nx[i - 1] * nx[i - 1])));
    for (int i = 0; i < 257; i++) nf[i] = exp(-0.5 * nx[i] * nx[i]);
}
#ifdef USE_GSL
static double rexp1(void) { return gsl_ran_exponential(G, 1.0); }
#else
static double rexp1(void) {
    double add = 0;
    for (;;) {
        uint64_t b = rnd(); unsigned i = b & 255; double x = (double)(b >> 11) * 0x1.0p-53 * zx[i];
        if (x < zx[i + 1]) return add + x;
        if (i == 0) { add += ZR; continue; }
        if (zf[i + 1] + (zf[i] - zf[i + 1]) * u01() < exp(-x)) return add + x;
    }
}
#endif
__attribute__((unused)) static double rnorm1(void) {
    for (;;) {
        uint64_t b = rnd(); unsigned i = b & 255; double sg = b & 256 ? -1 : 1, x = (double)(b >> 11) * 0x1.0p-53 * nx[i];
        if (x < nx[i + 1]) return sg * x;
        if (i == 0) { double a, c; do { a = -log(1 - u01()) / NR; c = -log(1 - u01()); } while (2 * c < a * a); return sg * (NR + a); }
        if (nf[i + 1] + (nf[i] - nf[i + 1]) * u01() < exp(-0.5 * x * x)) return sg * x;
    }
}
typedef struct { double mu, sd; } ln_t;
static ln_t ln(double m, double cv) { double v = log(1 + cv * cv); return (ln_t){ log(m) - v / 2, sqrt(v) }; }
#ifdef USE_GSL
static inline double rln(ln_t p) { return gsl_ran_lognormal(G, p.mu, p.sd); }
#else
static inline double rln(ln_t p) { return exp(p.mu + p.sd * rnorm1()); }
#endif

/* calendar */
typedef unsigned __int128 u128;
static u128 *h; static uint32_t n, cap; static uint32_t seq; static double now; static uint64_t nev; static uint32_t maxn;
static void grow(void) {
    uint32_t c = cap ? cap * 2 : 1024; u128 *g = (u128 *)aligned_alloc(64, ((size_t)c + 8) * 16) + 3;
    for (uint32_t i = 0; i < c + 5; i++) g[i] = i < n ? h[i] : ~(u128)0;
    if (h) free(h - 3);
    h = g; cap = c;
}
static inline void push(double t, uint32_t id) {
    uint64_t b; memcpy(&b, &t, 8); u128 e = (u128)b << 64 | (uint64_t)seq++ << 32 | id;
    if (n == cap) grow();
    uint32_t i = n++; while (i) { uint32_t p = (i - 1) / 4; if (!(e < h[p])) break; h[i] = h[p]; i = p; } h[i] = e;
    if (n > maxn) maxn = n;
}
static inline uint32_t pop(void) {
    u128 top = h[0], e = h[--n]; h[n] = ~(u128)0; uint32_t i = 0;
    for (;;) { uint32_t c = 4 * i + 1; if (c >= n) break;
        uint32_t a = c + (h[c + 1] < h[c]), b = c + 2 + (h[c + 3] < h[c + 2]), m = h[b] < h[a] ? b : a;
        if (!(h[m] < e)) break;
        h[i] = h[m]; i = m; }
    if (n) h[i] = e;
    uint64_t b = (uint64_t)(top >> 64); memcpy(&now, &b, 8); nev++; return (uint32_t)top;
}
/* patients live in a slab; stage: 0 consult 1, 1 exam, 2 consult 2, 3 bed, 4 step-down bed */
enum { TOWN = 15, CTY = 15, CITY = 16 };
typedef struct { double t; uint32_t next, reg; uint32_t site; uint8_t key, stage; } pat;
static pat *P; static uint32_t np_, pcap, freeh = ~0u; static uint64_t gen;
typedef struct { int idle; uint32_t head[2], tail[2]; } stn;
static stn *D, *X, *B; static uint32_t K = 1;
static ln_t c1, c2, los, stp; static double LAM = 2.5;
static double w[4]; static uint64_t nw[4]; static double occA[2], occL[2]; static int64_t occN[2];
static inline void bed(int k, int d) { occA[k] += occN[k] * (now - occL[k]); occL[k] = now; occN[k] += d; }
static inline uint32_t newp(void) {
    if (freeh != ~0u) { uint32_t i = freeh; freeh = P[i].next; return i; }
    if (np_ == pcap) { pcap = pcap ? pcap * 2 : 4096; P = realloc(P, pcap * sizeof *P); }
    return np_++;
}
static inline void freep(uint32_t i) { P[i].next = freeh; freeh = i; }
static inline void put(stn *q, int c, uint32_t i) { P[i].next = ~0u; if (q->head[c] == ~0u) q->head[c] = i; else P[q->tail[c]].next = i; q->tail[c] = i; }
static inline uint32_t get(stn *q) { for (int c = 0; c < 2; c++) if (q->head[c] != ~0u) { uint32_t i = q->head[c]; q->head[c] = P[i].next; return i; } return ~0u; }
static inline void sdoc(uint32_t i) { pat *p = &P[i]; if (p->stage == 0) { w[p->key] += now - p->t; nw[p->key]++; push(now + rln(c1), i); } else push(now + rln(c2), i); }
static inline void sbed(uint32_t i) { pat *p = &P[i]; bed(p->site & 1, 1); push(now + rln(p->stage == 3 ? los : stp), i); }
static inline void rdoc(uint32_t i) { stn *q = &D[P[i].site]; if (q->idle) { q->idle--; sdoc(i); } else put(q, P[i].key != 2, i); }
static inline void rbed(uint32_t i) { stn *q = &B[P[i].site]; if (q->idle) { q->idle--; sbed(i); } else put(q, 0, i); }
static inline void leave(uint32_t i) {
    pat *p = &P[i];
    if (p->key == 0) { if (u01() < .04) { p->key = 2; p->site = 17 * p->reg + CTY; p->stage = 0; p->t = now; rdoc(i); return; } }
    else if (p->key < 3) { if (u01() < .05) { p->site = 2 * p->reg; p->stage = 3; rbed(i); return; } }
    else if (u01() < .10) { p->site = 2 * p->reg + 1; p->stage = 3; rbed(i); return; }
    freep(i);
}
int main(int ac, char **av) {
    double cnt = ac > 1 ? atof(av[1]) : 1e6; uint64_t sd = ac > 2 ? strtoull(av[2], 0, 10) : 1;
    if (ac > 3) K = (uint32_t)atoi(av[3]);
    LAM *= K; D = calloc(17 * K, sizeof *D); X = calloc(17 * K, sizeof *X); B = calloc(2 * K, sizeof *B);
    for (int i = 0; i < 4; i++) s[i] = splitmix(&sd);
#ifdef USE_GSL
    G = gsl_rng_alloc(USE_GSL); gsl_rng_set(G, s[0]);
#endif
    double T = cnt / LAM; zig_init();
    c1 = ln(10, .7); c2 = ln(5, .7); los = ln(8 * 1440., .8); stp = ln(6 * 1440., .8);
    for (uint32_t i = 0; i < 17 * K; i++) { int j = i % 17, k = j < TOWN ? 0 : j - TOWN + 1;
        D[i] = (stn){ (int[]){ 2, 12, 40 }[k], { ~0u, ~0u }, { 0, 0 } }; X[i] = (stn){ (int[]){ 1, 4, 12 }[k], { ~0u, ~0u }, { 0, 0 } }; }
    for (uint32_t i = 0; i < 2 * K; i++) B[i] = (stn){ i & 1 ? 1500 : 550, { ~0u, ~0u }, { 0, 0 } };
    struct timespec a, b; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    push(rexp1() / LAM, ~0u);
    for (;;) {
        uint32_t i = pop(); if (now >= T) { now = T; break; }
        if (i == ~0u) {
            gen++; uint32_t j = newp(); pat *p = &P[j]; double x = u01(); p->t = now; p->stage = 0;
            uint32_t b = 17 * (p->reg = K > 1 ? (uint32_t)(u01() * K) : 0);
            if (x < .63) { p->key = 0; p->site = b + (uint32_t)(u01() * TOWN); } else if (x < .93) { p->key = 1; p->site = b + CTY; } else { p->key = 3; p->site = b + CITY; }
            rdoc(j); push(now + rexp1() / LAM, ~0u); continue;
        }
        pat *p = &P[i]; uint32_t k;
        switch (p->stage) {
        case 0: case 2: { stn *q = &D[p->site]; if ((k = get(q)) != ~0u) sdoc(k); else q->idle++;
            if (p->stage == 0 && u01() < .35) { p->stage = 1; stn *e = &X[p->site]; if (e->idle) { e->idle--; push(now + rln(c1), i); } else put(e, 0, i); } else leave(i);
            break; }
        case 1: { stn *e = &X[p->site]; if ((k = get(e)) != ~0u) push(now + rln(c1), k); else e->idle++; p->stage = 2; rdoc(i); break; }
        default: { bed(p->site & 1, -1); if ((k = get(&B[p->site])) != ~0u) sbed(k); else B[p->site].idle++;
            if (p->key == 3 && p->stage == 3 && u01() < .20) { p->site = 2 * p->reg; p->stage = 4; rbed(i); } else freep(i); }
        }
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b); double t = b.tv_sec - a.tv_sec + 1e-9 * (b.tv_nsec - a.tv_nsec);
    bed(0, 0); bed(1, 0); struct rusage ru; getrusage(RUSAGE_SELF, &ru);
    printf("plain C tier: cpu %.4f s, events %llu, %.2f Mev/s, %.1f ns/ev, %.3f Mpatients/s, max pending %u, rss %ld KiB\n",
           t, (unsigned long long)nev, nev / t / 1e6, t / nev * 1e9, gen / t / 1e6, maxn, ru.ru_maxrss);
    printf("  waits T=%.3f C=%.3f R=%.3f V=%.3f bedsC=%.1f bedsV=%.1f\n", w[0] / nw[0], w[1] / nw[1], w[2] / nw[2], w[3] / nw[3], occA[0] / T / K, occA[1] / T / K);
    return 0;
}
