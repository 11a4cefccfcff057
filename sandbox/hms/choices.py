"""What the reference leaves open, decided here and nowhere else.

Each line is our choice, not a promise of 100ms: change one here when production turns out otherwise.
"""

from datetime import timedelta

CUSTOMER_ID = "65a0c0de0000000000000001"
APP_ID = "65a0c0de0000000000000002"

# --- tokens
CLOCK_SKEW = timedelta(seconds=30)
NO_TOKEN = "Authentication error"  # noqa: S105 - the documented words for a missing header, not a password
MALFORMED = "token is malformed"
WRONG_SIGNATURE = "signature is invalid"  # also for any algorithm but HS256
WRONG_VERSION = "invalid token version"

# --- texts
BAD_QUERY = "Invalid query param"
BAD_BODY = "Invalid body param"
NO_PERMISSION = "user does not have required permission"
NO_SUCH_ROUTE = "route not found"
WRONG_METHOD = "method not allowed"
ROOM_DISABLED = "room disabled"
ROOM_FULL = "room is full"
ROLE_NOT_ALLOWED = "role not allowed"
ROLE_FULL = "role limit reached"

# --- paging
DEFAULT_LIMIT = 10
HIGHEST_LIMIT = 100
LOWEST_LIMIT = 10  # rooms, sessions and templates; the other lists name no range and take 1
EMPTY_PAGE = None  # `data` of a page without objects: production sends null as well as []

# --- jobs: how long each step takes on the emulated clock
STARTING = timedelta(seconds=1)
STOPPING = timedelta(seconds=0.5)
POST_PROCESSING = timedelta(seconds=0.5)
EMPTY_ROOM = timedelta(minutes=5)
LONGEST_JOB = timedelta(hours=4)
# A session that ended without a stop takes its jobs along "within a minute".
ROOM_ENDED = timedelta(seconds=10)
SHORTEST_TRANSCRIBING = timedelta(minutes=5)
TRANSCRIBING_SHARE = 0.2
STOPPED_TOO_EARLY = "BEAM_STOPPED"  # when a job is stopped while it is still starting
FAILURE = "INTERNAL_ERROR"

# --- sessions
# The recorder is a real peer, so it keeps the session open until its job has stopped: only so can a job
# stop five minutes after the last person left with the reason "last peer left".
RECORDER_ROLE = "__internal_recorder"
LONGEST_SESSION = timedelta(hours=12)
REMOVED = "peer kicked"  # also why everybody left a session that was ended

# --- rooms
LARGEST_ROOM = 2_500
LARGEST_LARGE_ROOM = 20_000
SHORTEST_CAP_S = 120
LONGEST_CAP_S = 43_200

# --- assets
BUCKET = "emulated-recordings"
BYTES_A_SECOND = 250_000
DEFAULT_RESOLUTION = {"width": 1280, "height": 720}
