import { serve } from './server';

void serve(process.env);
