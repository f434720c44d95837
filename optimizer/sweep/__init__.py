"""Many cases of one scenario, solved one after another on a model that stays open."""
