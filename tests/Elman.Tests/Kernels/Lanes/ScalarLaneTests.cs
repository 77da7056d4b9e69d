using Elman.Kernels;

namespace Elman.Tests.Kernels.Lanes;

public class ScalarLaneSingleTests : LaneContract<ScalarLane<float>, float>;

public class ScalarLaneDoubleTests : LaneContract<ScalarLane<double>, double>;
