//go:build !race

package labs

const raceDetector = false
