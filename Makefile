# make demo            install what is missing, build, render a sample into out/
# make test            install what is missing, lint, build, run every test; the last line counts them
# make bench           milliseconds and allocations a frame, memory, the ratio to encoding alone, order data
# make bench-compare   the same for BASE=revision and for the working tree, side by side
# make test-decoders   films with transparency in a second decoder (PyAV, by pip), against what was drawn
# make test-obs        films with transparency in a real OBS (by apt), against what was drawn
# make soak            the fuzz targets for SOAK_SECONDS each, and the sinks over many frames
# make clean           remove what was built

SWIFT ?= swift
SOAK_SECONDS ?= 600
export SWIFT

.PHONY: demo test bench bench-compare test-decoders test-obs soak clean build

demo:
	@Scripts/install.sh build
	@Scripts/demo.sh

test:
	@Scripts/install.sh build test
	@Scripts/test.sh

build:
	@Scripts/install.sh build
	$(SWIFT) build -c release --product fanpai

bench:
	@Scripts/install.sh build test
	@Scripts/bench.sh $(BENCH_FLAGS)

bench-compare:
	@test -n "$(BASE)" || { echo "say what to compare with: make bench-compare BASE=revision" >&2; exit 64; }
	@Scripts/install.sh build test
	@Scripts/bench-compare.sh "$(BASE)" $(BENCH_FLAGS)

test-decoders: build
	@Scripts/install.sh test
	@Scripts/decoders.sh

test-obs: build
	@Scripts/obs.sh

soak:
	@Scripts/install.sh build test
	@Scripts/fuzz.sh $(SOAK_SECONDS)
	@Scripts/soak.sh

clean:
	rm -rf .build .build-fuzz .build-base .build-decoders .build-obs out
