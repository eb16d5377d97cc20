// SPDX-License-Identifier: GPL-3.0-or-later
// All of this target is in its header; SwiftPM wants one source file.
#include "CKernelHints.h"
