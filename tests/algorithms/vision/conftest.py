from tests.mirror import mirror as mirror
from tests.threads import one_thread as one_thread
