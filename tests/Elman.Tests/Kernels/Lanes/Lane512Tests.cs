using Elman.Kernels;

namespace Elman.Tests.Kernels.Lanes;

public class Lane512SingleTests : LaneContract<Lane512<float>, float>;

public class Lane512DoubleTests : LaneContract<Lane512<double>, double>;
