#include "CMediaKernels.h"
