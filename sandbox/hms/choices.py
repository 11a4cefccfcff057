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
NOT_JOINED = "Peer not joined"

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

# --- sessions
# The recorder is a real peer, so it keeps the session open until its job has stopped: only so can a job
# stop five minutes after the last person left with the reason "last peer left".
LONGEST_SESSION = timedelta(hours=12)
STREAMS_AS = "__internal_recorder"  # what answers show as the role of a destination of live streams
# So long somebody whose line is lost stays listed, and why they then left.
LOST_FOR = timedelta(seconds=60)
LOST = "websocket closed"
REMOVED = "peer kicked"  # also why everybody left a session that was ended
EXPIRED = "server removed peer"  # why everybody left a session that had lasted too long

# --- rooms
LARGEST_ROOM = 2_500
LARGEST_LARGE_ROOM = 20_000
SHORTEST_CAP_S = 120
LONGEST_CAP_S = 43_200

# --- assets
BUCKET = "emulated-recordings"
STORE = f"https://{BUCKET}.example"  # where links to files lead, unless whoever serves them says where
BYTES_A_SECOND = 250_000
BYTES_OF_A_TEXT = 512
LINK_DURATION_S = 3 * 24 * 3600
LONGEST_LINK_S = 7 * 24 * 3600
NOT_READY = "asset not ready"
DEFAULT_RESOLUTION = {"width": 1280, "height": 720}

# --- room codes
CODES_OF_A_PAGE = 20
CODES_OF_A_ROOM = 100
CODE_CHARACTERS = 10
TOKEN_OF_A_CODE = timedelta(hours=24)
CODE_DISABLED = "code disabled"

# --- stream keys
INGEST_URL = "rtmp://ingest.example/live"
KEY_EXISTS = "active stream key exists"

# --- templates
NAME_TAKEN = "overwrite error: name already exists"
DEFAULT_ROLES = ("host", "guest")  # of a template that is made without any

# --- polls
NOT_LINKED = "poll is not linked to this room"
NOT_RUNNING = "poll is not running"
IS_RUNNING = "poll is running"  # where what runs is not changed: which error that is, nobody says
ANSWERED_ONCE = "question can be answered once only"

# --- telephones
NEVER_ANSWERS = "+15550100"  # a call to this number times out
LINE_BREAK = "invalid header"

# --- V1
USER_ID = "65a0c0de0000000000000003"

# --- webhooks
DELIVERY_TIMEOUT = timedelta(seconds=10)
# Order is not promised. It is kept as long as a receiver takes no longer than this, by the machine's clock.
IN_ORDER = timedelta(seconds=0.25)
RETRIES = (timedelta(seconds=1), timedelta(seconds=3), timedelta(seconds=10))
TIMED_OUT = "timeout"
UNREACHABLE = "connection failed"
DELIVERED = "reporter.webhook.delivery.success"
UNDELIVERED = "reporter.webhook.delivery.failed"
REPLAY_PACE = timedelta(seconds=0.1)
HISTORY_PAGE = 50
HISTORY_SPAN = timedelta(days=1)
# History and replay together, before they answer 429.
HISTORY_CALLS = 60
HISTORY_WINDOW = timedelta(seconds=60)

# --- analytics
EVENTS_ARE_KEPT = timedelta(days=30)
CURSOR_IS_GOOD = timedelta(hours=24)
STILL_RUNNING = "session is still active"
SAMPLE_EVERY = timedelta(seconds=30)
MOST_SAMPLES = 120
AGENT = {"sdk": "web", "sdk_version": "0.12.0", "os": "linux", "os_version": "6", "is_prebuilt": True}
