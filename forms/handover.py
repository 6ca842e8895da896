"""The end-of-day hand-over list (日终交接单): of which day."""

from forms.base import Form
from forms.fields import Day


class DayForm(Form):
    """One day."""

    day = Day("哪一天", required=False)
