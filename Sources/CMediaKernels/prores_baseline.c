#define PRORES_NAME(name) name##_baseline
#include "prores.h"
