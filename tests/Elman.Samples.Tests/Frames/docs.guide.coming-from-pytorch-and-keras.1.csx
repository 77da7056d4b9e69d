SequenceDataset train = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 12, testCases: 6).Train;
//: block
Expect(model.ParameterCount > 64 * 64);
