#ifndef CCODEC_SHIM_H
#define CCODEC_SHIM_H

#include <zlib.h>
#include <zstd.h>
#include <brotli/decode.h>

#endif
