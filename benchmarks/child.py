"""`svodka run` with leases of seconds instead of minutes, so that a measurement need not wait for a crash's leases."""

import os
from datetime import timedelta

from bot.cli import main
from digests import delivery

LEASE_S = "FAULTS_LEASE_S"

if __name__ == "__main__":
    lease_s = float(os.environ.get(LEASE_S, "4"))
    delivery.LEASE = timedelta(seconds=lease_s)
    delivery.SEND_LIMIT_S = lease_s / 2
    delivery.SWEEP_S = lease_s / 4
    main(["run"])
