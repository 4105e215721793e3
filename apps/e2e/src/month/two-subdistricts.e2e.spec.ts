import { throughAMonth } from './through-a-month.fixture.ts';

throughAMonth('two subdistricts', 'small', 400_000);
