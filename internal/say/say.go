// Package say says the kit's sentences in the reader's language: English, or Indonesian.
package say

import (
	"os"
	"strings"
)

// Indonesian reports whether the reader wants Indonesian: by LAB_LANG, or else by the
// language of the environment.
func Indonesian() bool {
	for _, name := range []string{"LAB_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if language := os.Getenv(name); language != "" {
			return strings.HasPrefix(strings.ToLower(language), "id")
		}
	}
	return false
}
