"""From last year's run to next year's scenario folder."""
