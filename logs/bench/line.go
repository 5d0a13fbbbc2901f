package main

// The words that lines are made of. Nothing here was ever written by a real
// system.
var (
	methods = []string{"GET", "GET", "GET", "GET", "POST", "PUT", "DELETE"}
	pages   = []string{"/", "/cart", "/checkout", "/api/orders/", "/api/items/", "/search?q=", "/account/", "/static/app."}
	agents  = []string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)",
		"shop-app/7.14 (Android 16; Pixel 11)",
	}
	tasks  = []string{"mail", "invoice", "thumbnail", "index", "export"}
	tables = []string{"orders", "items", "accounts", "payments", "sessions"}
)

// webLine writes the access log of nginx, with the time of the request at its
// end. Stamps are in whole seconds, two hours ahead of UTC.
func webLine(w *writer) {
	w.address()
	w.text(" - - [")
	w.date("02/Jan/2006:15:04:05")
	w.text(` +0200] "`)
	w.text(w.one(methods))
	w.text(" ")
	w.text(w.one(pages))
	w.number(w.below(100_000))
	w.text(` HTTP/1.1" `)
	switch {
	case w.failing && w.burst:
		w.text([]string{"502", "504", "503"}[w.below(3)])
	case w.failing:
		w.text("500")
	case w.chance(31_000):
		w.text("404")
	default:
		w.text([]string{"200", "200", "200", "204", "304"}[w.below(5)])
	}
	w.text(" ")
	w.number(120 + w.below(9000))
	w.text(` "https://shop.example/" "`)
	w.text(w.one(agents))
	w.text(`" `)
	w.number(w.below(3))
	w.text(".")
	w.padded(w.below(1000), 3)
	w.end()
}

// apiLine writes JSON lines with a nested object and escapes, in UTC.
func apiLine(w *writer) {
	level, logger, message := "info", "api.orders", "order stored"
	switch {
	case w.failing && w.burst:
		level, logger, message = "error", "api.store", "acquire connection: pool exhausted, 64 of 64 in use"
	case w.failing:
		level, message = "error", "decode body: unexpected end of input"
	case w.starting > 0:
		logger, message = "api.main", "starting"
		w.starting--
	case w.chance(20_000):
		level, message = "warn", "retry after conflict"
	case w.chance(300_000):
		level, logger, message = "debug", "api.cache", "cache miss"
	}
	w.text(`{"level":"`)
	w.text(level)
	w.text(`","time":"`)
	w.date("2006-01-02T15:04:05.")
	w.micros()
	w.text(`Z","logger":"`)
	w.text(logger)
	w.text(`","msg":"`)
	w.text(message)
	w.text(`","version":"`)
	w.text(w.release)
	w.text(`","request":{"id":"`)
	w.hex(16)
	w.text(`","method":"`)
	w.text(w.one(methods))
	w.text(`","path":"/v1/orders/`)
	w.number(w.below(1_000_000))
	w.text(`","peer":"`)
	w.address()
	w.text(`","tenant":{"id":`)
	w.number(w.below(900))
	w.text(`,"name":"caf\u00e9 \"`)
	w.text(w.one(tables))
	w.text(`\"\n"}},"took_ms":`)
	w.number(1 + w.below(900))
	w.text(".")
	w.number(w.below(10))
	w.text(`,"bytes":`)
	w.number(w.below(60_000))
	w.text(`,"tags":["eu-west","blue"]}`)
	w.end()
}

// workerLine writes logfmt five and a half hours ahead of UTC. Every fourth
// failure is followed by a stack trace of Go.
func workerLine(w *writer) {
	level, message := "info", "job done"
	switch {
	case w.failing && w.burst:
		level, message = "error", "job failed: dial db:5432: i/o timeout"
	case w.failing:
		level, message = "error", "job failed: bad payload"
	case w.starting > 0:
		message = "starting"
		w.starting--
	case w.chance(20_000):
		level, message = "warn", "job is slow"
	case w.chance(300_000):
		level, message = "debug", "job taken"
	}
	w.text("time=")
	w.date("2006-01-02T15:04:05.")
	w.micros()
	w.text("+05:30 level=")
	w.text(level)
	w.text(` msg="`)
	w.text(message)
	w.text(`" queue=`)
	w.text(w.one(tasks))
	w.text(" job=")
	w.hex(12)
	w.text(" attempt=")
	w.number(1 + w.below(3))
	w.text(" took=")
	w.number(w.below(4000))
	w.text("ms shard=")
	w.number(w.below(32))
	w.text(" tenant=t-")
	w.padded(w.below(900), 4)
	w.text(" version=")
	w.text(w.release)
	w.end()
	if w.failing && w.chance(250_000) {
		w.trace()
	}
}

// trace writes the stack of a goroutine: seven lines without a time.
func (w *writer) trace() {
	w.text("goroutine ")
	w.number(17 + w.below(9000))
	w.text(" [running]:")
	w.end()
	w.text("main.(*worker).run(0xc")
	w.hex(9)
	w.text(")")
	w.end()
	w.text("\t/srv/worker/run.go:88 +0x1d")
	w.end()
	w.text("main.main.func1()")
	w.end()
	w.text("\t/srv/worker/main.go:41 +0x6c")
	w.end()
	w.text("created by main.main in goroutine 1")
	w.end()
	w.text("\t/srv/worker/main.go:40 +0x11f")
	w.end()
}

// dbLine writes syslog as of RFC 3164, in whole seconds, without year and
// zone, five hours behind UTC.
func dbLine(w *writer) {
	w.date("Jan _2 15:04:05")
	w.text(" db-1 postgres[")
	w.number(2200 + w.below(64))
	w.text("]: [")
	w.number(1 + w.below(40))
	w.text("-1] ")
	switch {
	case w.failing && w.burst && w.chance(500_000):
		w.text("FATAL:  remaining connection slots are reserved for superusers, client ")
		w.address()
	case w.failing && w.burst:
		w.text("ERROR:  canceling statement due to lock timeout on relation ")
		w.text(w.one(tables))
		w.text(", waited ")
		w.number(5000 + w.below(900))
		w.text(" ms")
	case w.failing:
		w.text("ERROR:  duplicate key value violates unique constraint ")
		w.text(w.one(tables))
		w.text("_pkey")
	default:
		w.text("LOG:  duration: ")
		w.number(w.below(80))
		w.text(".")
		w.padded(w.below(1000), 3)
		w.text(" ms  statement: SELECT * FROM ")
		w.text(w.one(tables))
		w.text(" WHERE id = ")
		w.number(w.below(10_000_000))
	}
	w.end()
}
