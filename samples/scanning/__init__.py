"""Makes scans of the fictional plans: pages as pictures, and what befalls paper and scanners."""
