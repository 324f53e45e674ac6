"""The parts of a call, one module each: `hear` takes what the caller answered and gives the next step."""
