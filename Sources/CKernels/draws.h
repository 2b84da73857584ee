// Random numbers by the vector, included once for each instruction set: KERNEL(name) gives the functions
// their names, LANES says how many doubles a vector of the set has, and each set brings its own
// `store_quads`. Everything here is elementwise and in one order, so the bits do not depend on LANES.

typedef double KERNEL(doubles) __attribute__((vector_size(8 * LANES)));
typedef uint64_t KERNEL(bits) __attribute__((vector_size(8 * LANES)));
typedef struct { KERNEL(doubles) first, second; } KERNEL(pair);

#define DOUBLES KERNEL(doubles)
#define BITS KERNEL(bits)
#define INLINE static inline __attribute__((always_inline))
// A number in every lane.
#define EACH(number) ((DOUBLES){} + (number))
#define EACH_BITS(number) ((BITS){} + (uint64_t)(number))

INLINE DOUBLES KERNEL(load)(const double *from) {
  DOUBLES numbers;
  memcpy(&numbers, from, sizeof numbers);
  return numbers;
}

INLINE void KERNEL(store)(double *to, DOUBLES numbers) { memcpy(to, &numbers, sizeof numbers); }

INLINE void KERNEL(store_some)(double *to, DOUBLES numbers, size_t room) {
  if (room >= LANES) {
    KERNEL(store)(to, numbers);
  } else {
    memcpy(to, &numbers, room * sizeof(double));
  }
}

INLINE DOUBLES KERNEL(choose)(BITS mask, DOUBLES yes, DOUBLES no) {
  return (DOUBLES)(((BITS)yes & mask) | ((BITS)no & ~mask));
}

// The low 32 bits of each lane as a number: written into the fraction of 2^52, which is then taken off.
INLINE DOUBLES KERNEL(from_words)(BITS words) {
  BITS inside = (words & EACH_BITS(0xFFFFFFFFu)) | EACH_BITS(0x4330000000000000u);
  return (DOUBLES)inside - EACH(0x1p52);
}

// exp(x) = 2^k * exp(r) with k = round(x / ln 2) and |r| <= ln 2 / 2 (Cody and Waite's reduction, ln 2 in
// two parts); exp(r) = 1 + r + r^2 * P(r), P of degree 10 through the Chebyshev points, off by 2^-61.
INLINE DOUBLES KERNEL(exp)(DOUBLES x) {
  DOUBLES most = EACH(709.0), least = EACH(-708.0);
  x = KERNEL(choose)((BITS)(x > most), most, x);
  x = KERNEL(choose)((BITS)(x < least), least, x);
  // Adding 1.5 * 2^52 rounds to a whole number and leaves it in the low bits.
  DOUBLES shifted = x * EACH(0x1.71547652b82fep+0) + EACH(0x1.8p52);
  DOUBLES k = shifted - EACH(0x1.8p52);
  DOUBLES r = (x - k * EACH(0x1.62e42fefa0000p-1)) - k * EACH(0x1.cf79abc9e3b3ap-40);
  DOUBLES p = EACH(0x1.1f730349868cep-29);
  p = p * r + EACH(0x1.af4de97ca4194p-26);
  p = p * r + EACH(0x1.27e4db646b17ep-22);
  p = p * r + EACH(0x1.71de0231960ebp-19);
  p = p * r + EACH(0x1.a01a01a6d889cp-16);
  p = p * r + EACH(0x1.a01a01abe7fe1p-13);
  p = p * r + EACH(0x1.6c16c16c162d4p-10);
  p = p * r + EACH(0x1.11111111100dcp-7);
  p = p * r + EACH(0x1.5555555555556p-5);
  p = p * r + EACH(0x1.5555555555557p-3);
  p = p * r + EACH(0x1p-1);
  DOUBLES small = EACH(1.0) + (r + r * r * p);
  return small * (DOUBLES)(((BITS)shifted + EACH_BITS(1023)) << 52);
}

// ln(x) for normal x above 0: x = 2^k * (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), s = f / (2 + f),
// ln(1 + f) = f - (f^2 / 2 - s * (f^2 / 2 + R(s^2))). The reduction and the coefficients of R are those of
// `e_log.c` in Sun's fdlibm, which states an error below 1 unit in the last place.
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems,
// Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided
// that this notice is preserved.
INLINE DOUBLES KERNEL(log)(DOUBLES x) {
  // Raised by 1 - sqrt(1/2) in the high word, so that the exponent steps where 1 + f begins anew.
  BITS raised = (BITS)x + EACH_BITS((uint64_t)(0x3FF00000u - 0x3FE6A09Eu) << 32);
  DOUBLES k = (DOUBLES)((raised >> 52) | EACH_BITS(0x4330000000000000u)) - EACH(0x1p52 + 1023);
  BITS fraction = (raised & EACH_BITS(0x000FFFFFFFFFFFFFu)) + EACH_BITS((uint64_t)0x3FE6A09Eu << 32);
  DOUBLES f = (DOUBLES)fraction - EACH(1.0);
  DOUBLES s = f / (EACH(2.0) + f);
  DOUBLES z = s * s, w = z * z;
  DOUBLES even = w * (EACH(0x1.999999997fa04p-2)
      + w * (EACH(0x1.c71c51d8e78afp-3) + w * EACH(0x1.39a09d078c69fp-3)));
  DOUBLES odd = z * (EACH(0x1.5555555555593p-1) + w * (EACH(0x1.2492494229359p-2)
      + w * (EACH(0x1.7466496cb03dep-3) + w * EACH(0x1.2f112df3e5244p-3))));
  DOUBLES half = EACH(0.5) * f * f;
  DOUBLES rest = half - (s * (half + (even + odd)) + k * EACH(0x1.a39ef35793c76p-33));
  return k * EACH(0x1.62e42fee00000p-1) - (rest - f);
}

// Two standard normal numbers from two words (Box and Muller, "A Note on the Generation of Random Normal
// Deviates", 1958): sqrt(-2 ln u) times cosine and sine of a random angle. u is the middle of one of 2^32
// equal parts of (0, 1), so the farthest number lies at 6.66; the angle is a whole number of parts of 2^32
// of a turn and a half of one.
INLINE KERNEL(pair) KERNEL(box_muller)(BITS radius_words, BITS angle_words) {
  DOUBLES u = (KERNEL(from_words)(radius_words) + EACH(0.5)) * EACH(0x1p-32);
  DOUBLES radius = __builtin_elementwise_sqrt(EACH(-2.0) * KERNEL(log)(u));
  // In quarters of a turn, and without rounding: the nearest quarter and what is left, |t| <= 1/2.
  DOUBLES quarters = (KERNEL(from_words)(angle_words) + EACH(0.5)) * EACH(0x1p-30);
  DOUBLES shifted = quarters + EACH(0x1.8p52);
  BITS quarter = (BITS)shifted;
  DOUBLES t = quarters - (shifted - EACH(0x1.8p52));
  // sine and cosine of pi/2 * t, through the Chebyshev points in y = t^2: off by 2^-55.
  DOUBLES y = t * t;
  DOUBLES sine = EACH(0x1.e4a9d9166f052p-25);
  sine = sine * y + EACH(-0x1.e3027dea82bd7p-19);
  sine = sine * y + EACH(0x1.50783208843ebp-13);
  sine = sine * y + EACH(-0x1.32d2cce500387p-8);
  sine = sine * y + EACH(0x1.466bc6775a476p-4);
  sine = sine * y + EACH(-0x1.4abbce625be52p-1);
  sine = t * (EACH(0x1.921fb54442d18p+0) + y * sine);
  DOUBLES cosine = EACH(-0x1.b2f3eb054afcdp-28);
  cosine = cosine * y + EACH(0x1.f9ce245cada0bp-22);
  cosine = cosine * y + EACH(-0x1.a6d1eef479be1p-16);
  cosine = cosine * y + EACH(0x1.e1f5068688d5bp-11);
  cosine = cosine * y + EACH(-0x1.55d3c7e3cb241p-6);
  cosine = cosine * y + EACH(0x1.03c1f081b5ac0p-2);
  cosine = cosine * y + EACH(-0x1.3bd3cc9be45dep+0);
  cosine = EACH(1.0) + y * cosine;
  // An odd quarter changes the two; the sign of the cosine turns in quarters 1 and 2, of the sine in 2 and 3.
  BITS odd = -(quarter & EACH_BITS(1));
  BITS cosine_sign = ((quarter + EACH_BITS(1)) & EACH_BITS(2)) << 62;
  BITS sine_sign = (quarter & EACH_BITS(2)) << 62;
  KERNEL(pair) normals;
  normals.first = radius * (DOUBLES)((BITS)KERNEL(choose)(odd, sine, cosine) ^ cosine_sign);
  normals.second = radius * (DOUBLES)((BITS)KERNEL(choose)(odd, cosine, sine) ^ sine_sign);
  return normals;
}

typedef struct { BITS words[4]; } KERNEL(words);

// The keys of Philox's ten rounds, in every lane: made once for many blocks.
typedef struct { BITS rounds[10][2]; } KERNEL(keys);

INLINE void KERNEL(prepare)(uint64_t key, KERNEL(keys) *keys) {
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    keys->rounds[round][0] = EACH_BITS(k0);
    keys->rounds[round][1] = EACH_BITS(k1);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

// Ten rounds of Philox4x32 on the counter (`c0`, `c1`, `c2`, `c3`) of each lane. Only the lower halves of
// lanes count, but for the products, which need all of them.
INLINE KERNEL(words) KERNEL(philox)(const KERNEL(keys) *keys, BITS c0, BITS c1, BITS c2, BITS c3) {
  const BITS low = EACH_BITS(0xFFFFFFFFu);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    BITS p0 = (c0 & low) * EACH_BITS(0xD2511F53u), p1 = (c2 & low) * EACH_BITS(0xCD9E8D57u);
    c0 = (p1 >> 32) ^ c1 ^ keys->rounds[round][0];
    c1 = p1;
    c2 = (p0 >> 32) ^ c3 ^ keys->rounds[round][1];
    c3 = p0;
  }
  return (KERNEL(words)){{c0, c1, c2, c3}};
}

INLINE BITS KERNEL(counted)(uint64_t first) {
  BITS numbers;
  for (int i = 0; i < LANES; i++) numbers[i] = first + (uint64_t)i;
  return numbers;
}

// The words of the LANES blocks from `block` on.
INLINE KERNEL(words) KERNEL(blocks)(
    const KERNEL(keys) *keys, uint32_t path, uint32_t step, uint64_t block) {
  BITS counter = KERNEL(counted)(block);
  return KERNEL(philox)(keys, counter, counter >> 32, EACH_BITS(step), EACH_BITS(path));
}

// Four normals of each block, in order.
INLINE void KERNEL(store_normals)(const KERNEL(words) *drawn, double *to) {
  KERNEL(pair) a = KERNEL(box_muller)(drawn->words[0], drawn->words[1]);
  KERNEL(pair) b = KERNEL(box_muller)(drawn->words[2], drawn->words[3]);
  KERNEL(store_quads)(to, a.first, a.second, b.first, b.second);
}

static void KERNEL(normals)(
    uint64_t key, uint32_t path, uint32_t step, uint64_t block, double *out, size_t count) {
  KERNEL(keys) keys;
  KERNEL(prepare)(key, &keys);
  size_t done = 0;
  // Two vectors of blocks side by side, as each round of Philox waits for its own products.
  for (; done + 8 * LANES <= count; done += 8 * LANES) {
    KERNEL(words) one = KERNEL(blocks)(&keys, path, step, block + done / 4);
    KERNEL(words) two = KERNEL(blocks)(&keys, path, step, block + done / 4 + LANES);
    KERNEL(store_normals)(&one, out + done);
    KERNEL(store_normals)(&two, out + done + 4 * LANES);
  }
  for (; done < count; done += 4 * LANES) {
    KERNEL(words) drawn = KERNEL(blocks)(&keys, path, step, block + done / 4);
    double last[4 * LANES];
    KERNEL(store_normals)(&drawn, last);
    memcpy(out + done, last, (count - done < 4 * LANES ? count - done : 4 * LANES) * sizeof(double));
  }
}

static void KERNEL(step_normals)(
    uint64_t key, uint32_t path, uint32_t first, double *out, double *second, size_t count) {
  KERNEL(keys) keys;
  KERNEL(prepare)(key, &keys);
  for (size_t done = 0; done < count; done += LANES) {
    BITS step = KERNEL(counted)(first + done);
    KERNEL(words) drawn =
        KERNEL(philox)(&keys, EACH_BITS(0), EACH_BITS(0), step, EACH_BITS(path));
    KERNEL(pair) normals = KERNEL(box_muller)(drawn.words[0], drawn.words[1]);
    KERNEL(store_some)(out + done, normals.first, count - done);
    if (second != NULL) KERNEL(store_some)(second + done, normals.second, count - done);
  }
}

// Whole numbers to the nearest, halves up: 2^52 leaves one, which is too large at most by 1.
INLINE DOUBLES KERNEL(whole)(DOUBLES x) {
  DOUBLES most = EACH(1e15), none = EACH(0.0);
  // What is not a number is 0.
  x = KERNEL(choose)((BITS)(x > none), x, none);
  x = KERNEL(choose)((BITS)(x < most), x, most);
  DOUBLES raised = x + EACH(0.5);
  DOUBLES whole = (raised + EACH(0x1p52)) - EACH(0x1p52);
  return KERNEL(choose)((BITS)(whole > raised), whole - EACH(1.0), whole);
}

#define IN_PLACE(name, function) \
  static void KERNEL(name)(double *numbers, size_t count) { \
    size_t done = 0; \
    for (; done + LANES <= count; done += LANES) { \
      KERNEL(store)(numbers + done, KERNEL(function)(KERNEL(load)(numbers + done))); \
    } \
    if (done < count) { \
      DOUBLES last = EACH(1.0); \
      memcpy(&last, numbers + done, (count - done) * sizeof(double)); \
      last = KERNEL(function)(last); \
      memcpy(numbers + done, &last, (count - done) * sizeof(double)); \
    } \
  }
IN_PLACE(exps, exp)
IN_PLACE(logs, log)
IN_PLACE(wholes, whole)
#undef IN_PLACE

// Sums of `drift` + `spread` * z up to and with each place, eight at a time: within the eight by doubling
// steps, so that what waits for the eight before is one addition.
typedef double KERNEL(eight) __attribute__((vector_size(64)));

INLINE void KERNEL(sum_eight)(double *numbers, double drift, double spread, double *carry) {
  KERNEL(eight) x, zero = {0};
  memcpy(&x, numbers, sizeof x);
  x = ((KERNEL(eight)){} + drift) + ((KERNEL(eight)){} + spread) * x;
  x += __builtin_shufflevector(x, zero, 8, 0, 1, 2, 3, 4, 5, 6);
  x += __builtin_shufflevector(x, zero, 8, 8, 0, 1, 2, 3, 4, 5);
  x += __builtin_shufflevector(x, zero, 8, 8, 8, 8, 0, 1, 2, 3);
  double last = x[7];
  x += (KERNEL(eight)){} + *carry;
  *carry += last;
  memcpy(numbers, &x, sizeof x);
}

static void KERNEL(sums)(double *numbers, size_t count, double drift, double spread) {
  double carry = 0;
  size_t done = 0;
  for (; done + 8 <= count; done += 8) KERNEL(sum_eight)(numbers + done, drift, spread, &carry);
  if (done < count) {
    double last[8] = {0};
    memcpy(last, numbers + done, (count - done) * sizeof(double));
    KERNEL(sum_eight)(last, drift, spread, &carry);
    memcpy(numbers + done, last, (count - done) * sizeof(double));
  }
}

#undef DOUBLES
#undef BITS
#undef INLINE
#undef EACH
#undef EACH_BITS
