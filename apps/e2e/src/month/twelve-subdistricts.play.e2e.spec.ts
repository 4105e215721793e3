import { throughAMonth } from './through-a-month.fixture.ts';

throughAMonth('all twelve subdistricts and towns', 'yangpu', 1_800_000);
