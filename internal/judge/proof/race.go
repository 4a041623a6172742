//go:build race

package proof

// raceDetector tells that this is a run of go test -race; the labs' tests then run so too.
const raceDetector = true
