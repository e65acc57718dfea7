"""Partners: who carries our news, and what can be counted of readers without keeping who they are."""
