"""All commands that there are."""

from etatyopoyta.domain.agenda import (
    AdvanceAgenda,
    CloseSection,
    ExtendSection,
    OpenSection,
    PauseSection,
    ResumeSection,
    SetAdvance,
    SetWorkshopDate,
)
from etatyopoyta.domain.approving import GiveApproval, NameApprovers, TakeBackApproval
from etatyopoyta.domain.areas import AddArea, EditArea, RemoveArea
from etatyopoyta.domain.card import (
    AddCardText,
    EditCard,
    EditCardHeading,
    EditCardText,
    MoveCardText,
    RemoveCardText,
)
from etatyopoyta.domain.clusters import (
    AddToCluster,
    DissolveCluster,
    MakeCluster,
    MergeClusters,
    MoveClusters,
    NameCluster,
    SplitCluster,
    UngroupNotes,
)
from etatyopoyta.domain.comments import AddComment, HandleComment, RemoveComment
from etatyopoyta.domain.desks import FillDesk, NameDesk, NameNetwork, SetAnonymity, SetLateRule
from etatyopoyta.domain.figures import AddFigure, ImportFigures, RemoveFigure, SetFigure
from etatyopoyta.domain.followup import (
    ImportActuals,
    RemoveActual,
    SetActual,
    SetStatuses,
)
from etatyopoyta.domain.goals import (
    EditGoal,
    MergeIntoGoal,
    ParkGoal,
    PlaceGoal,
    PromoteMeasure,
    RemoveGoal,
    SetGoalLimit,
    SuggestGoal,
)
from etatyopoyta.domain.hall import (
    Announce,
    FreezeScreen,
    GatherAll,
    LetGo,
    ShowOnScreen,
    Spotlight,
)
from etatyopoyta.domain.measures import (
    AcceptMeasure,
    EditMeasure,
    ParkMeasure,
    ProposeMeasure,
    RejectMeasure,
    ReopenMeasure,
    WithdrawMeasure,
)
from etatyopoyta.domain.memo import AddRows, EditRow, KeepRows, PostRows, RemoveRows, UndoBatch
from etatyopoyta.domain.merging import MergeMeasures, UnmergeMeasure
from etatyopoyta.domain.minutes import WriteMinutes
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes, UnparkNotes
from etatyopoyta.domain.people import (
    AddOrganisation,
    EditOrganisation,
    Join,
    Leave,
    LockDesk,
    MovePerson,
    MutePerson,
    RemovePerson,
)
from etatyopoyta.domain.planning import (
    AddSection,
    EditSection,
    GiveMinutes,
    MoveSection,
    RemoveSection,
    SkipSection,
)
from etatyopoyta.domain.privacy import RevealNotes
from etatyopoyta.domain.publishing import MoveCard, PublishCard, ReopenCard, WithdrawVersion
from etatyopoyta.domain.series import ContinueWorkshop
from etatyopoyta.domain.voting import (
    AddRound,
    CastVote,
    CloseRound,
    CountHall,
    EditRound,
    OpenRound,
    RateTarget,
    RemoveRound,
)

AnyCommand = (
    FillDesk
    | NameDesk
    | SetAnonymity
    | SetLateRule
    | NameNetwork
    | AddOrganisation
    | EditOrganisation
    | Join
    | Leave
    | RemovePerson
    | MutePerson
    | MovePerson
    | LockDesk
    | OpenSection
    | CloseSection
    | ExtendSection
    | PauseSection
    | ResumeSection
    | AdvanceAgenda
    | SetAdvance
    | SetWorkshopDate
    | ContinueWorkshop
    | ShowOnScreen
    | FreezeScreen
    | GatherAll
    | LetGo
    | Spotlight
    | Announce
    | AddSection
    | EditSection
    | MoveSection
    | RemoveSection
    | SkipSection
    | GiveMinutes
    | AddNote
    | EditNote
    | MoveNotes
    | UnparkNotes
    | RemoveNotes
    | RevealNotes
    | AddRows
    | EditRow
    | RemoveRows
    | UndoBatch
    | KeepRows
    | PostRows
    | AddArea
    | EditArea
    | RemoveArea
    | AddRound
    | EditRound
    | RemoveRound
    | OpenRound
    | CloseRound
    | CastVote
    | RateTarget
    | CountHall
    | MakeCluster
    | AddToCluster
    | UngroupNotes
    | NameCluster
    | MoveClusters
    | MergeClusters
    | SplitCluster
    | DissolveCluster
    | ProposeMeasure
    | EditMeasure
    | WithdrawMeasure
    | AcceptMeasure
    | ParkMeasure
    | RejectMeasure
    | ReopenMeasure
    | MergeMeasures
    | UnmergeMeasure
    | PromoteMeasure
    | MergeIntoGoal
    | SuggestGoal
    | PlaceGoal
    | ParkGoal
    | RemoveGoal
    | EditGoal
    | SetGoalLimit
    | EditCard
    | EditCardHeading
    | AddCardText
    | EditCardText
    | MoveCardText
    | RemoveCardText
    | SetFigure
    | SetActual
    | ImportActuals
    | RemoveActual
    | SetStatuses
    | AddFigure
    | RemoveFigure
    | ImportFigures
    | WriteMinutes
    | NameApprovers
    | GiveApproval
    | TakeBackApproval
    | AddComment
    | HandleComment
    | RemoveComment
    | MoveCard
    | PublishCard
    | ReopenCard
    | WithdrawVersion
)
COMMANDS = {str(kind.__struct_config__.tag): kind for kind in AnyCommand.__args__}
