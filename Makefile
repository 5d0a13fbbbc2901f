# Every target is one thing to do. Go alone is enough for all of them.
GO     ?= go
SAMPLE := samples/azure-2024-07-30
OUT    := out/azure-2024-07-30
TOOL   := $(GO) tool -modfile=internal/tools/go.mod
FUZZ   ?= 5s

.PHONY: run build test lint fuzz golden bench profile clean

## run: build pir and draft the preliminary review of the flagship sample
run: build
	@mkdir -p out
	@for f in $(OUT).md $(OUT).pir.json; do if [ -e $$f ]; then mv -f $$f $$f.old; fi; done
	@bin/pir draft $(SAMPLE) --stage preliminary -o $(OUT).md --quiet
	@echo "The review of a worked example, made from the files in $(SAMPLE):"
	@echo "  $(OUT).md          the review; each [n] in it leads to a file and a line"
	@echo "  $(OUT).pir.json    beside it: the facts it was made from"
	@echo "Look next at:"
	@echo "  bin/pir timeline $(SAMPLE)            the merged timeline"
	@echo "  bin/pir explain mitigated $(SAMPLE)   why 13:58, and not 14:10"

build:
	@mkdir -p bin
	@$(GO) build -trimpath -buildvcs=false -o bin/pir ./cmd/pir

## test: everything
test:
	$(GO) test ./...

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -d . ; exit 1; }
	$(GO) vet ./...
	$(TOOL) staticcheck ./...

## fuzz: every fuzz target for a short time, and fresh texts in real sites
fuzz:
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZ) -fuzzminimizetime 1s -parallel 1 $$pkg || exit 1; \
	  done; \
	done
	$(GO) test -count=1 -run TestReaders ./internal/markdown -seed $$(date +%s)

## golden: rewrite what tests compare with; twice, since a script may read what it wrote
golden:
	@for pkg in $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n1 dirname | sort -u); do \
	  $(GO) test $$pkg -update >/dev/null; $(GO) test $$pkg -update || exit 1; \
	done

## bench: accuracy of patterns and edges; then speed and truth on 1 GiB of made logs, beside lnav, wc, rg and zcat; then precision, recall and speed of the typed diff
bench:
	$(GO) test -run '^$$' -bench 'Grouping|Simulation' -benchtime 1x ./logs/pattern ./logs/edge
	$(GO) run ./logs/bench $(BENCH)
	$(GO) run ./review/diff/bench

## profile: what the compiler optimises for; after the readers of logs have changed
profile:
	$(GO) test -run '^$$' -bench 'Scan' -benchtime 3s -o /dev/null -cpuprofile cmd/pir/default.pgo ./logs

clean:
	@rm -rf bin out
